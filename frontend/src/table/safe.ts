/** Cells that a spreadsheet would run as a formula, made text. */
import Papa from "papaparse";

const starts = new Set([..."=+-@\t\r\n＝＋－＠"]);
const plainNumber = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i;

/** Whether a spreadsheet may take the cell for a formula: a plain number as -1.5 or 1e-3 is none. */
export const isFormula = (cell: string) => starts.has(cell.charAt(0)) && !plainNumber.test(cell);

/** The cell with an apostrophe before it, where it is a formula. */
export const safeCell = (cell: string) => (isFormula(cell) ? `'${cell}` : cell);

interface SafeText {
  text: string;
  /** Cells that were changed. */
  changed: number;
}

/** The rows as text that ends with a line end: `raw`, which is what they were read from, where no cell needs a change. */
export function safeText(
  rows: readonly string[][],
  raw: string,
  format: { delimiter: string; newline: string },
): SafeText {
  let changed = 0;
  for (const row of rows) for (const cell of row) if (isFormula(cell)) changed++;
  if (changed === 0) return { text: raw, changed };
  return {
    text:
      Papa.unparse(
        rows.map((row) => row.map(safeCell)),
        format,
      ) + format.newline,
    changed,
  };
}
