import { Scroll } from "../page/Scroll";
import { CopyButton } from "./CopyButton";

/** Code under its title, with a button that copies it. */
export function CodeBlock({ title, code }: { title: string; code: string }) {
  return (
    <figure class="panel code">
      <figcaption>
        <span>{title}</span>
        <CopyButton what={title} text={() => code} />
      </figcaption>
      <Scroll label={title} class="tall">
        <pre>
          <code>{code}</code>
        </pre>
      </Scroll>
    </figure>
  );
}
