import type { Models } from "../api/schema";
import { percent } from "../figures/shares";
import { Name } from "../page/Name";
import { Scroll } from "../page/Scroll";
import { counted } from "../words";

interface Props {
  comparison: NonNullable<Models["comparison"]>;
  /** Of the models that were compared, in the matrices' order. */
  names: readonly string[];
  rows: number;
}

/** Each model against each other, by their predictions for rows that they had not seen. */
export function Comparison({ comparison, names, rows }: Props) {
  return (
    <div class="panel part">
      <h3>Model against model</h3>
      <p class="muted">Of {counted(rows, "row")}, each judged by models that had not seen it.</p>
      <div class="pair">
        <Matrix caption="Both predict the same class" names={names} rows={rows} counts={comparison.same} />
        <Matrix
          caption="Only the model on the left is right"
          names={names}
          rows={rows}
          counts={comparison.only}
        />
      </div>
    </div>
  );
}

interface MatrixProps {
  caption: string;
  names: readonly string[];
  rows: number;
  counts: readonly (readonly number[])[];
}

function Matrix({ caption, names, rows, counts }: MatrixProps) {
  return (
    <Scroll label={caption}>
      <table class="cells against">
        <caption>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            <td />
            {names.map((name) => (
              <th key={name} scope="col">
                <Name>{name}</Name>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name, row) => (
            <tr key={name}>
              <th scope="row">
                <Name>{name}</Name>
              </th>
              {names.map((other, column) => (
                <td key={other}>
                  {row === column ? (
                    <>
                      <span aria-hidden="true">–</span>
                      <span class="unseen">the same model</span>
                    </>
                  ) : (
                    <>
                      {percent(counts[row]?.[column] ?? 0, rows)}{" "}
                      <span class="muted">{counted(counts[row]?.[column] ?? 0, "row")}</span>
                    </>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
