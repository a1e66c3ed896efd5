import { useEffect, useRef } from "preact/hooks";
import { failureWords } from "../api/failure";
import { Notice } from "../page/Notice";
import type { TableOutcome } from "../state/table";
import { counted } from "../words";
import { AgreementSummary } from "./AgreementSummary";
import { EvaluationSummary } from "./EvaluationSummary";
import { RowErrors } from "./RowErrors";
import { resultName, save } from "./save";

/** What came of a table: all of its answer, or what there is of it, and why no more. */
export function Outcome({ outcome }: { outcome: TableOutcome }) {
  const { sent, kind, summary, file, changed } = outcome;
  const heading = useRef<HTMLHeadingElement>(null);
  const whole = kind === "complete";
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus(); // the button that had the focus is gone
  }, []);
  const name = resultName(sent.file.name, whole);
  return (
    <article class="panel step outcome">
      <h3 ref={heading} tabIndex={-1}>
        {whole ? "Result" : "Incomplete result"}: {sent.file.name}
      </h3>
      {!whole && <Ending outcome={outcome} />}
      {summary && (whole || summary.rows > 0) && (
        <>
          <div class="downloads">
            <button type="button" onClick={() => save(name, file)}>
              {whole ? "Download the result" : `Download the first ${counted(summary.rows, "row")}`}
            </button>
            <p class="muted">
              Your columns, then the vote, its probability, the agreement, each model's prediction, and
              errors.
              {changed > 0 &&
                ` ${counted(changed, "cell")} that a spreadsheet may run as a formula ${changed === 1 ? "begins" : "begin"} with an apostrophe in it.`}
            </p>
          </div>
          <AgreementSummary summary={summary} />
          {summary.evaluation && (
            <EvaluationSummary evaluation={summary.evaluation} target={targetOf(outcome)} />
          )}
          <RowErrors summary={summary} />
        </>
      )}
    </article>
  );
}

function Ending({ outcome: { kind, failure, summary } }: { outcome: TableOutcome }) {
  const rows = summary?.rows ?? 0;
  const came = rows
    ? `The first ${counted(rows, "row")} were answered, and the summary is of these only.`
    : "No row was answered.";
  const broken = failure?.kind === "network" && rows > 0;
  const words = failure && failureWords(failure);
  const title =
    kind === "canceled" ? "Canceled" : broken ? "The answer broke off before its end" : words?.title;
  return (
    <Notice kind={kind === "canceled" ? "warn" : "bad"} alert>
      <p>
        <strong>{title}</strong>
      </p>
      {kind === "failed" && !broken && <p>{words?.detail}</p>}
      <p>
        {came} {kind === "failed" && "Try again in a moment."}
      </p>
      {failure?.kind === "problem" && failure.problem.request_id && (
        <p>
          Request <code>{failure.problem.request_id}</code>
        </p>
      )}
    </Notice>
  );
}

function targetOf({ sent: { columns } }: TableOutcome): string {
  return columns.target === null ? "" : (columns.columns[columns.target] ?? "");
}
