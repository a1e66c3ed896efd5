import { useEffect, useState } from "preact/hooks";
import type { Table } from "../state/table";
import { counted } from "../words";
import { foundWords, progressWords, rowsWords } from "./words";

const pause_ms = 5_000;

/** Tells what happens to the table to those who do not see it: each step, and between them only now and then. */
export function RowsStatus({ table }: { table: Table }) {
  const choice = table.choice.value;
  const outcome = table.outcome.value;
  const busy = table.progress.value !== null;
  const [heard, setHeard] = useState("");

  useEffect(() => {
    if (!busy) return;
    setHeard("Sending");
    const timer = setInterval(() => {
      const progress = table.progress.peek();
      if (progress) setHeard(progressWords(progress));
    }, pause_ms);
    return () => clearInterval(timer);
  }, [busy, table]);

  const ofChoice = outcome?.sent.file === choice?.file;
  let text = "";
  if (busy) text = heard;
  else if (outcome?.summary && ofChoice)
    text = `${endWords[outcome.kind]} ${counted(outcome.summary.rows, "row")} answered`;
  else if (outcome && ofChoice) text = endWords[outcome.kind];
  else if (choice?.kind === "reading") text = `Reading ${choice.file.name}`;
  else if (choice?.kind === "ready")
    text = `${choice.file.name}: ${rowsWords(choice)}, ${foundWords(choice.columns)}`;
  return (
    <p class="unseen" role="status">
      {text}
    </p>
  );
}

const endWords = { complete: "Done.", canceled: "Canceled.", failed: "The answer is not complete." };
