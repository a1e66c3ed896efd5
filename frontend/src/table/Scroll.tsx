import type { ComponentChildren } from "preact";

interface Props {
  label: string;
  class?: string;
  children: ComponentChildren;
}

/** Something wide, or tall, that scrolls by itself, by the keyboard too. */
export function Scroll({ label, class: more, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by the keyboard
    <section class={more ? `scroll ${more}` : "scroll"} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
