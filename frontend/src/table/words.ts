/** How a table, its columns and its progress are told. */

import type { TableColumns } from "../api/schema";
import { grouped } from "../numbers";
import type { Progress } from "../state/table";
import { counted } from "../words";
import type { Ready } from "./choice";

const separators: Record<TableColumns["delimiter"], string> = {
  ",": "separated by commas",
  ";": "separated by semicolons, so that 5,1 is a number too",
  "\t": "separated by tabs",
};

export const separatorWords = ({ delimiter }: TableColumns) => separators[delimiter];

/** "812 bytes", "4.2 KiB", "12 MiB" */
export function size(bytes: number): string {
  if (bytes < 1024) return counted(bytes, "byte");
  const [value, unit] = bytes < 2 ** 20 ? [bytes / 1024, "KiB"] : [bytes / 2 ** 20, "MiB"];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** "150 rows", "about 100,000 rows" */
export function rowsWords({ preview: { count, exact } }: Pick<Ready, "preview">): string {
  if (exact) return counted(count, "row");
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
  return `about ${counted(Math.round(count / digits) * digits, "row")}`;
}

/** What a column is taken for. */
export type Meaning =
  | { kind: "feature"; name: string }
  | { kind: "ambiguous"; name: string }
  | { kind: "target" }
  | { kind: "other" };

export function meanings({ columns, features, target }: TableColumns): Meaning[] {
  const found: Meaning[] = columns.map(() => ({ kind: "other" }));
  for (const { feature, columns: places } of features) {
    for (const place of places)
      found[place] = { kind: places.length > 1 ? "ambiguous" : "feature", name: feature };
  }
  if (target !== null) found[target] = { kind: "target" };
  return found;
}

/** "4 of 4 features found" */
export function foundWords({ features }: TableColumns): string {
  const found = features.filter(({ columns }) => columns.length === 1).length;
  return `${found} of ${counted(features.length, "feature")} found`;
}

/** How far it is, from 0 to 1; 1 is reached by the answer's end only. */
export function part({ of: { file, preview }, ...progress }: Progress): number {
  const sent = Math.min(1, progress.sent / file.size);
  const answered = preview.count ? progress.rows / preview.count : 0;
  return Math.min(0.99, 0.2 * sent + 0.8 * answered);
}

export function progressWords(progress: Progress): string {
  const sent = progress.of;
  if (progress.stage === "sending") return `${size(progress.sent)} of ${size(sent.file.size)} sent`;
  if (progress.rows === 0) return "Sent. Waiting for the first rows";
  if (progress.rows > sent.preview.count) return `${counted(progress.rows, "row")} answered so far`;
  return `${grouped(progress.rows)} of ${rowsWords(sent)} answered`;
}
