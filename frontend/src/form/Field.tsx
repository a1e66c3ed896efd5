import type { Feature } from "../api/schema";
import { Icon } from "../page/Icon";
import { Name } from "../page/Name";
import { Control } from "./Control";
import { hints } from "./hints";

interface Props {
  id: string;
  feature: Feature;
  text: string;
  error: string | undefined;
  enter(feature: string, text: string): void;
}

/** One feature: its name, its control, and under it what was wrong, or what the training rows held. */
export function Field({ id, feature, text, error, enter }: Props) {
  return (
    <div class={error ? "field invalid" : "field"}>
      <label for={id}>
        <Name>{feature.name}</Name>
      </label>
      <Control
        feature={feature}
        text={text}
        enter={(entered) => enter(feature.name, entered)}
        attributes={{
          id,
          name: feature.name,
          "aria-describedby": `${id}-unit ${id}-hint`,
          "aria-invalid": error !== undefined,
        }}
      />
      <p id={`${id}-hint`} class="hint">
        {error ? (
          <>
            <Icon name="cross" /> {error}
          </>
        ) : (
          hints(feature).map((part) => [<span key={part}>{part}</span>, " "])
        )}
      </p>
    </div>
  );
}
