import { grouped } from "../numbers";
import { Name } from "../page/Name";
import { Scroll } from "../page/Scroll";
import { percent, shade, total } from "./shares";

interface Props {
  caption: string;
  /** What stands above it says the same. */
  captionUnseen?: boolean;
  classes: readonly string[];
  /** Counts of rows: one row for each true class, one column for each predicted class, in the classes' order. */
  matrix: readonly (readonly number[])[];
}

/** More columns are narrow. Heads that are longer stand upright. */
const most_broad = 6;
const longest = { broad: 10, narrow: 2 };

/** Which class was taken for which: a number in each cell, shaded by its share of the row. */
export function ConfusionMatrix({ caption, captionUnseen = false, classes, matrix }: Props) {
  const narrow = classes.length > most_broad;
  const upright = classes.some((name) => name.length > (narrow ? longest.narrow : longest.broad));
  return (
    <Scroll label={caption}>
      <table
        class={`cells confusion ${narrow ? "narrow" : ""} ${upright ? "upright" : ""}`}
        style={{ "--classes": String(classes.length) }}
      >
        <caption class={captionUnseen ? "unseen" : ""}>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="colgroup" colSpan={classes.length}>
              Predicted class
            </th>
          </tr>
          <tr>
            <th scope="col" class="true">
              True class
            </th>
            {classes.map((name) => (
              <th key={name} scope="col" class="predicted">
                <span>
                  <Name>{name}</Name>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.map((counts, row) => {
            const name = classes[row] ?? "";
            const all = total(counts);
            return (
              <tr key={name}>
                <th scope="row" class="true">
                  <span>
                    <Name>{name}</Name>
                  </span>
                </th>
                {counts.map((count, column) => (
                  <td
                    key={classes[column]}
                    class={count === 0 ? "none" : row === column ? "right" : "wrong"}
                    style={{ "--shade": shade(count, all) }}
                    title={`${percent(count, all)} of the rows of ${name}`}
                  >
                    {grouped(count)}
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
