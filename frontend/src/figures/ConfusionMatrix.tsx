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

/** Column heads that are longer, or more, stand upright. */
const longest_level = 10;
const most_level = 6;

/** Which class was taken for which: a number in each cell, shaded by its share of the row. */
export function ConfusionMatrix({ caption, captionUnseen = false, classes, matrix }: Props) {
  const upright = classes.length > most_level || classes.some((name) => name.length > longest_level);
  return (
    <Scroll label={caption}>
      <table
        class={upright ? "cells confusion upright" : "cells confusion"}
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
