import { Name } from "../page/Name";
import { Scroll } from "./Scroll";

interface Props {
  classes: readonly string[];
  /** Rows: true class, columns: predicted class. */
  matrix: readonly (readonly number[])[];
  label: string;
}

const counts = new Intl.NumberFormat("en");

/** How often each class was taken for which. The shade is a cell's share of its row. */
export function ConfusionTable({ classes, matrix, label }: Props) {
  return (
    <Scroll label={label}>
      <table class="cells matrix">
        <thead>
          <tr>
            <th scope="col">true class</th>
            {classes.map((name) => (
              <th key={name} scope="col">
                <span class="unseen">predicted </span>
                <Name>{name}</Name>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((name, truth) => {
            const row = matrix[truth] ?? [];
            const all = row.reduce((sum, count) => sum + count, 0);
            return (
              <tr key={name}>
                <th scope="row">
                  <Name>{name}</Name>
                </th>
                {row.map((count, predicted) => (
                  <td
                    key={classes[predicted]}
                    class={predicted === truth ? "right" : count ? "wrong" : "none"}
                    style={{ "--share": String(all ? count / all : 0) }}
                  >
                    {counts.format(count)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
