import { useCallback, useState } from "preact/hooks";
import type { Models } from "../api/schema";
import { Section } from "../page/Section";
import type { Sample } from "../state/sample";
import type { Table } from "../state/table";
import { Chosen } from "./Chosen";
import { DropZone } from "./DropZone";
import { Outcome } from "./Outcome";
import { RowsStatus } from "./RowsStatus";
import { Running } from "./Running";
import { save } from "./save";
import { template } from "./template";

interface Props {
  models: Models;
  sample: Sample;
  table: Table;
}

/** A table of one's own: chosen, looked at, sent, and taken home with the answers. */
export function Rows({ models, sample, table }: Props) {
  const [asked, setAsked] = useState<File | null>(null);
  const choice = table.choice.value;
  const progress = table.progress.value;
  const outcome = table.outcome.value;

  const choose = useCallback(
    (file: File) => {
      setAsked(file);
      table.choose(file);
    },
    [table],
  );

  function saveTemplate() {
    const rows = sample.peek();
    const text = template(
      models.features,
      rows === "loading" || rows?.release !== models.release ? null : rows,
    );
    save(`${models.data.name}-template.csv`, new Blob([text], { type: "text/csv" }));
  }

  return (
    <Section
      id="rows"
      title="Your own rows"
      intro="Send a table of your own, and get it back with what every model says. The server does not keep it."
    >
      <RowsStatus table={table} />
      <DropZone choose={choose}>
        <button type="button" class="link" onClick={saveTemplate}>
          Download a template
        </button>
      </DropZone>
      {choice && <Chosen choice={choice} asked={asked} table={table} busy={progress !== null} />}
      {progress && <Running progress={progress} cancel={table.cancel} />}
      {outcome && <Outcome key={outcome.sent.columns.request_id + outcome.kind} outcome={outcome} />}
    </Section>
  );
}
