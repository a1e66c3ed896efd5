import { probability } from "../numbers";

interface Props {
  caption: string;
  classes: readonly string[];
  /** Nothing yet: the empty scale is shown. */
  probabilities?: Record<string, number> | null | undefined;
  predicted?: string | null | undefined;
}

/** A bar for each class's probability, in the classes' order, on one scale from 0 to 1. */
export function Bars({ caption, classes, probabilities, predicted }: Props) {
  return (
    <table class="bars">
      <caption class="unseen">{caption}</caption>
      <tbody>
        {classes.map((name, index) => {
          const value = probabilities?.[name];
          return (
            <tr key={name} class={name === predicted ? "predicted" : ""}>
              <th scope="row">
                <span data-name={name}>{name}</span>
              </th>
              <td class="bar">
                <svg width="100%" height="10" aria-hidden="true">
                  <rect class="scale" width="100%" height="10" rx="2" />
                  <rect
                    class={`part tone-${index % 8}`}
                    width={`${(value ?? 0) * 100}%`}
                    height="10"
                    rx="2"
                  />
                  <line class="half" x1="50%" x2="50%" y1="0" y2="10" />
                </svg>
              </td>
              <td class="value">{value === undefined ? "–" : probability(value)}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot aria-hidden="true">
        <tr>
          <td />
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
