import type { ComponentChildren } from "preact";

interface Props {
  /** The address of the section within the page, and what its parts' ids begin with. */
  id: string;
  title: string;
  intro: string;
  children: ComponentChildren;
}

/** A part of the page under its own heading. */
export function Section({ id, title, intro, children }: Props) {
  return (
    <section id={id} class="section" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} tabIndex={-1}>
        {title}
      </h2>
      <p class="intro">{intro}</p>
      {children}
    </section>
  );
}
