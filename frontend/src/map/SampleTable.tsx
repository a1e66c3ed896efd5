import { useSignal } from "@preact/signals";
import type { Dataset } from "../api/schema";
import { number } from "../numbers";
import { Icon } from "../page/Icon";
import { Name } from "../page/Name";
import { Scroll } from "../page/Scroll";
import { counted } from "../words";

const page_rows = 100;

/** The rows of the plot as a table, and what each model said of them out of fold. */
export function SampleTable({ sample, target }: { sample: Dataset; target: string }) {
  const open = useSignal(false);
  return (
    <details
      class="sample"
      onToggle={(event) => {
        open.value = event.currentTarget.open;
      }}
    >
      <summary>Table of the {counted(sample.rows.length, "row")}</summary>
      {open.value && <Page key={sample.release} sample={sample} target={target} />}
    </details>
  );
}

function Page({ sample, target }: { sample: Dataset; target: string }) {
  const first = useSignal(0);
  const { rows, features, labels } = sample;
  const predictions = Object.entries(sample.predictions);
  const last = Math.min(rows.length, first.value + page_rows);
  return (
    <>
      <p id="sample-rows" class="muted">
        Rows {first.value + 1} to {last} of {rows.length}. Each model’s answer is out of fold: it was trained
        on other rows.
      </p>
      <Scroll label="Rows of the sample" class="boxed tall">
        <table class="cells" aria-labelledby="sample-rows">
          <thead>
            <tr>
              <th scope="col">Row</th>
              {features.map((name) => (
                <th key={name} scope="col">
                  <Name>{name}</Name>
                </th>
              ))}
              <th scope="col">
                <Name>{target}</Name>
              </th>
              {predictions.map(([name]) => (
                <th key={name} scope="col">
                  <Name>{name}</Name>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(first.value, last).map((row, offset) => {
              const index = first.value + offset;
              return (
                <tr key={index}>
                  <th scope="row">{index + 1}</th>
                  {row.map((value, column) => (
                    <td key={features[column]}>{cell(value)}</td>
                  ))}
                  <td>{labels[index]}</td>
                  {predictions.map(([name, column]) => (
                    <Answer key={name} said={column[index] ?? ""} right={column[index] === labels[index]} />
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      {rows.length > page_rows && (
        <p class="pages">
          <button
            type="button"
            class="quiet"
            disabled={first.value === 0}
            onClick={() => {
              first.value -= page_rows;
            }}
          >
            Previous {page_rows}
          </button>
          <button
            type="button"
            class="quiet"
            disabled={last === rows.length}
            onClick={() => {
              first.value += page_rows;
            }}
          >
            Next {page_rows}
          </button>
        </p>
      )}
    </>
  );
}

function Answer({ said, right }: { said: string; right: boolean }) {
  if (right) return <td>{said}</td>;
  return (
    <td class="wrong">
      <Icon name="cross" /> {said}
      <span class="unseen">, wrong</span>
    </td>
  );
}

function cell(value: Dataset["rows"][number][number] | undefined): string {
  if (value == null) return "missing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? number(value) : value;
}
