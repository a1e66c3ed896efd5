import type { TableColumns } from "../api/schema";
import { Icon } from "../page/Icon";
import { Scroll } from "../page/Scroll";
import { counted } from "../words";
import { type Meaning, meanings } from "./words";

const shown_rows = 5;
const shown_columns = 30;

/** The first rows, and above each column what it is taken for. Of many columns, the first and those that matter. */
export function PreviewTable({ columns, rows }: { columns: TableColumns; rows: readonly string[][] }) {
  const all = meanings(columns).map((meaning, place) => ({ meaning, place }));
  const shown = all.filter(({ meaning, place }) => meaning.kind !== "other" || place < shown_columns);
  const hidden = all.length - shown.length;
  return (
    <>
      <Scroll class="boxed" label="The first rows and what each column holds">
        <table class="cells preview">
          <thead>
            <tr>
              {shown.map(({ place }) => (
                <th key={place} scope="col">
                  {columns.columns[place]}
                </th>
              ))}
            </tr>
            <tr class="meanings">
              {shown.map(({ place, meaning }) => (
                <td key={place} class={meaning.kind}>
                  <MeaningTag meaning={meaning} />
                </td>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown_rows).map((row, index) => (
              <tr key={`${index}`}>
                {shown.map(({ place }) => (
                  <td key={place}>{row[place]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {hidden > 0 && (
        <p class="muted">{counted(hidden, "more column")} not shown here, and kept in the result.</p>
      )}
    </>
  );
}

function MeaningTag({ meaning }: { meaning: Meaning }) {
  switch (meaning.kind) {
    case "feature":
      return (
        <>
          <Icon name="check" /> {meaning.name}
        </>
      );
    case "ambiguous":
      return (
        <>
          <Icon name="warning" /> may be {meaning.name}
        </>
      );
    case "target":
      return <>true class</>;
    case "other":
      return <>kept as it is</>;
  }
}
