import type { Feature } from "../api/schema";
import { Icon } from "../page/Icon";
import { Name } from "../page/Name";
import { Control } from "./Control";
import { hints } from "./hints";
import { outside } from "./range";

interface Props {
  id: string;
  feature: Feature;
  text: string;
  error: string | undefined;
  enter(feature: string, text: string): void;
}

/** One feature: its name, its control, what the training rows held, and what is odd or wrong about its value. */
export function Field({ id, feature, text, error, enter }: Props) {
  const odd = error ? null : outside(feature, text);
  return (
    <div class={error ? "field invalid" : odd ? "field odd" : "field"}>
      <label for={id}>
        <Name>{feature.name}</Name>
      </label>
      <Control
        feature={feature}
        text={text}
        enter={(entered) => enter(feature.name, entered)}
        attributes={{
          id,
          "aria-describedby": `${id}-unit ${id}-hint ${id}-remark`,
          "aria-invalid": error !== undefined,
        }}
      />
      <p id={`${id}-hint`} class="hint">
        {hints(feature).map((part) => [<span key={part}>{part}</span>, " "])}
      </p>
      <p id={`${id}-remark`} class="remark" role="status">
        {error ? (
          <>
            <Icon name="cross" /> {error}
          </>
        ) : (
          odd && (
            <>
              <Icon name="warning" /> {odd}
            </>
          )
        )}
      </p>
    </div>
  );
}
