import { Scroll } from "../page/Scroll";
import { counted, list } from "../words";
import { most_errors, type Summary } from "./summary";

/** Which rows have no prediction, and which lack a model's, and why. */
export function RowErrors({ summary: { errors, failed, partial } }: { summary: Summary }) {
  const all = failed + partial;
  if (all === 0) return null;
  const kinds = [
    ...(failed ? [`${counted(failed, "row")} without a prediction`] : []),
    ...(partial ? [`${counted(partial, "row")} that ${partial === 1 ? "lacks" : "lack"} a model`] : []),
  ];
  return (
    <section class="errors" aria-labelledby="rows-errors">
      <h4 id="rows-errors">Errors</h4>
      <p class="muted">
        {list(kinds)}. Rows are numbered as in the result, whose header is row 1.
        {all > most_errors && ` The first ${most_errors} are listed here; the result's column error has all.`}
      </p>
      <Scroll class="boxed tall" label="Rows with errors">
        <table class="cells reasons">
          <thead>
            <tr>
              <th scope="col">row</th>
              <th scope="col">prediction</th>
              <th scope="col">error</th>
            </tr>
          </thead>
          <tbody>
            {errors.map(({ row, error, predicted }) => (
              <tr key={row}>
                <th scope="row">{row}</th>
                <td>{predicted ? "by the others" : "none"}</td>
                <td>{error}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
