/** A file that was chosen, and whether it can be sent. */
import type { TableClient } from "../api/client";
import type { Failure } from "../api/failure";
import type { Models, TableColumns } from "../api/schema";
import { type Beginning, type Preview, previewOf, readBeginning } from "./beginning";
import { type Labels, labelsOf } from "./labels";

/** As much as the gateway takes. */
export const largest_bytes = 64 * 2 ** 20;

export interface Ready {
  kind: "ready";
  file: File;
  /** The release that it was held against. */
  models: Models;
  columns: TableColumns;
  preview: Preview;
  /** How its column of true classes is read, where it has one. */
  labels: Labels | null;
  marked: boolean;
}

export type Choice =
  | { kind: "reading"; file: File }
  | { kind: "refused"; file: File; title: string; advice: string }
  | { kind: "failure"; file: File; failure: Failure }
  | Ready;

export async function examine(
  client: TableClient,
  file: File,
  models: Models,
  signal: AbortSignal,
): Promise<Choice> {
  if (file.size > largest_bytes) {
    return refused(
      file,
      "This file is larger than 64 MiB",
      "Split it into smaller files, each with the header line, and send them one after another.",
    );
  }
  if (file.size === 0)
    return refused(file, "This file is empty", "Choose a table with a header line and rows.");
  let start: Beginning;
  try {
    start = await readBeginning(file);
  } catch {
    return refused(
      file,
      "This file cannot be read",
      "It may be a folder, or was moved or changed. Choose it again.",
    );
  }
  if (start.workbook) {
    return refused(
      file,
      "This is a workbook, not a CSV file",
      "Save it as CSV in UTF-8, and choose that file.",
    );
  }
  const told = await client.columns(start.bytes, signal);
  if (!told.ok) return { kind: "failure", file, failure: told.failure };
  const { target, delimiter } = told.value;
  const preview = previewOf(start, delimiter, file.size);
  const cells = target === null ? [] : preview.rows.map((row) => row[target] ?? "");
  const labels = target === null ? null : labelsOf(cells, models.classes);
  return { kind: "ready", file, models, columns: told.value, preview, labels, marked: start.marked };
}

const refused = (file: File, title: string, advice: string): Choice => ({
  kind: "refused",
  file,
  title,
  advice,
});
