import type { ModelCard } from "../api/schema";
import { Name } from "../page/Name";
import { counted } from "../words";
import { parameterText } from "./parameters";

/** More than these stand behind a disclosure. */
const most_shown = 4;

export function Parameters({ parameters }: { parameters: ModelCard["parameters"] }) {
  const entries = Object.entries(parameters);
  if (!entries.length) return null;
  const list = (
    <dl class="parameters">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>
            <Name>{name}</Name>
          </dt>
          <dd>{parameterText(value)}</dd>
        </div>
      ))}
    </dl>
  );
  if (entries.length <= most_shown) return list;
  return (
    <details class="more">
      <summary>{counted(entries.length, "parameter")}</summary>
      {list}
    </details>
  );
}
