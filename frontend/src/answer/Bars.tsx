import { toneOf } from "../marks";
import { probability } from "../numbers";
import { Name } from "../page/Name";

interface Props {
  caption: string;
  classes: readonly string[];
  /** Nothing yet: the empty scale is shown. */
  probabilities?: Record<string, number> | null | undefined;
  predicted?: string | null | undefined;
}

/** The longest name that stands beside its bar on one or two lines. */
const longest_beside = 12;

/** A bar for each class's probability, in the classes' order, on one scale from 0 to 1. Long names stand above. */
export function Bars({ caption, classes, probabilities, predicted }: Props) {
  const above = classes.some((name) => name.length > longest_beside);
  return (
    <table class={above ? "bars above" : "bars"}>
      <caption class="unseen">{caption}</caption>
      <tbody>
        {classes.map((name, index) => {
          const value = probabilities?.[name];
          const bar = <Bar tone={toneOf(index)} part={value ?? 0} />;
          return (
            <tr key={name} class={name === predicted ? "predicted" : ""}>
              <th scope="row">
                <span data-name={name}>
                  <Name>{name}</Name>
                </span>
                {above && bar}
              </th>
              {!above && <td class="bar">{bar}</td>}
              <td class="value">{value === undefined ? "–" : probability(value)}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot aria-hidden="true">
        <tr>
          {!above && <td />}
          <td>
            <div class="ticks">
              <span>0</span>
              <span>0.5</span>
              <span>1</span>
            </div>
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

function Bar({ tone, part }: { tone: string; part: number }) {
  return (
    <svg width="100%" height="10" aria-hidden="true">
      <rect class="scale" width="100%" height="10" rx="2" />
      <rect class={`part ${tone}`} width={`${part * 100}%`} height="10" rx="2" />
      <line class="half" x1="50%" x2="50%" y1="0" y2="10" />
    </svg>
  );
}
