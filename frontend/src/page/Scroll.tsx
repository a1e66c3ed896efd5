import type { ComponentChildren } from "preact";

interface Props {
  /** What it holds. */
  label: string;
  children: ComponentChildren;
}

/** A part that scrolls by itself where it is too large, by the keyboard too. */
export function Scroll({ label, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: else the keyboard could not scroll it
    <section class="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
