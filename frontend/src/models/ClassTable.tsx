import type { Models } from "../api/schema";
import { percent, total } from "../figures/shares";
import { toneOf } from "../marks";
import { Name } from "../page/Name";
import { Scroll } from "../page/Scroll";
import { counted } from "../words";
import { classRows } from "./balance";

/** More than these stand behind a disclosure. */
const most_shown = 8;

/** How many rows each class has. */
export function ClassTable({ models }: { models: Models }) {
  const rows = classRows(models);
  if (!rows.length) return null;
  const all = total(rows);
  const table = (
    <Scroll label="Rows of each class">
      <table class="cells classes">
        <caption class={rows.length > most_shown ? "unseen" : ""}>Rows of each class</caption>
        <tbody>
          {models.classes.map((name, index) => (
            <tr key={name}>
              <th scope="row">
                <span class={`swatch ${toneOf(index)}`} aria-hidden="true" />
                <Name>{name}</Name>
              </th>
              <td>{counted(rows[index] ?? 0, "row")}</td>
              <td class="muted">{percent(rows[index] ?? 0, all)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
  if (rows.length <= most_shown) return table;
  return (
    <details class="more">
      <summary>Rows of each of {rows.length} classes</summary>
      {table}
    </details>
  );
}
