import { useEffect, useRef } from "preact/hooks";
import { failureWords, sentence } from "../api/failure";
import { Icon } from "../page/Icon";
import { Notice } from "../page/Notice";
import type { Table } from "../state/table";
import { start_bytes } from "./beginning";
import type { Choice, Ready } from "./choice";
import { PreviewTable } from "./PreviewTable";
import { foundWords, rowsWords, separatorWords, size } from "./words";

interface Props {
  choice: Choice;
  /** What was chosen last while this page is shown: it comes into view, once. */
  asked: File | null;
  table: Table;
  busy: boolean;
}

/** The file that was chosen: how it is read, or why it cannot be. */
export function Chosen({ choice, asked, table, busy }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (asked) heading.current?.scrollIntoView();
  }, [asked]);
  return (
    <article class="panel step" aria-busy={choice.kind === "reading"}>
      <h3 ref={heading}>{choice.file.name}</h3>
      {choice.kind === "reading" && <p class="muted">Reading its header.</p>}
      {choice.kind === "refused" && <Unfit title={choice.title} details={[choice.advice]} />}
      {choice.kind === "failure" && <NotRead choice={choice} again={table.again} />}
      {choice.kind === "ready" && <Columns ready={choice} start={table.start} busy={busy} />}
    </article>
  );
}

function NotRead({ choice, again }: { choice: Choice & { kind: "failure" }; again(): void }) {
  const { title, detail } = failureWords(choice.failure);
  const unreadable = choice.failure.kind === "problem" && choice.failure.problem.status < 429;
  return (
    <>
      <Unfit title={unreadable ? "This file cannot be read as a table" : title} details={[detail]} />
      {!unreadable && (
        <button type="button" class="quiet" onClick={again}>
          Try again
        </button>
      )}
    </>
  );
}

function Unfit({ title, details }: { title: string; details: readonly string[] }) {
  return (
    <Notice kind="bad" alert>
      <p>
        <strong>{title}</strong>
      </p>
      {details.map((detail) => (
        <p key={detail}>{detail}</p>
      ))}
    </Notice>
  );
}

function Columns({ ready, start, busy }: { ready: Ready; start(): Promise<void>; busy: boolean }) {
  const { file, columns, preview, labels, models } = ready;
  const fits = columns.problems.length === 0;
  return (
    <>
      <p class="muted">
        {size(file.size)}, {rowsWords(ready)}, {separatorWords(columns)}
      </p>
      {fits ? (
        <p class="found">
          <Icon name="check" />
          <span>
            {foundWords(columns)}
            {columns.target === null
              ? `. With a column ${models.data.target} of true classes, the result would be an evaluation too.`
              : `, and the true classes in ${columns.columns[columns.target]}: the result is an evaluation too.`}
            {labels?.prefix && ` “${labels.prefix}” before each class is passed over.`}
          </span>
        </p>
      ) : (
        <Unfit
          title="This table does not fit yet"
          details={[
            ...columns.problems.map(sentence),
            `${file.size > start_bytes ? "Its first 64 KiB were" : "It was"} sent to have the header read, and nothing was predicted.`,
            "Correct the header, or start from the template.",
          ]}
        />
      )}
      <PreviewTable columns={columns} rows={preview.rows} />
      {fits && preview.count === 0 && <p class="muted">It has a header and no rows.</p>}
      {fits && preview.count > 0 && !busy && (
        <button type="button" onClick={() => void start()}>
          Predict {rowsWords(ready)}
        </button>
      )}
    </>
  );
}
