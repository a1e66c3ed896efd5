const paths = {
  check: "M3 8.5 6.5 12 13 4.5",
  cross: "M4 4l8 8M12 4l-8 8",
  warning: "M8 2 14.5 13.5H1.5ZM8 6.5V9.5M8 11.4v.4",
  info: "M8 7.2V11.5M8 4.6v.4M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13",
} as const;

/** A sign that stands beside words, never in their place. */
export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
