/** What the beginning of a file tells before all of it is read or sent. */
import Papa from "papaparse";

/** As much as the gateway takes to say how a table would be read. */
export const start_bytes = 64 * 1024;

export interface Beginning {
  bytes: Blob;
  text: string;
  /** Whether this is the whole file. */
  whole: boolean;
  /** Whether the file begins with a byte order mark, which the text is without. */
  marked: boolean;
  /** Whether it begins as a workbook does: a ZIP archive, or the older binary format. */
  workbook: boolean;
}

export async function readBeginning(file: Blob): Promise<Beginning> {
  const bytes = file.slice(0, start_bytes);
  const read = new Uint8Array(await bytes.arrayBuffer());
  const begins = (...with_: number[]) => with_.every((byte, place) => read[place] === byte);
  return {
    bytes,
    text: new TextDecoder().decode(read),
    whole: file.size <= start_bytes,
    marked: begins(0xef, 0xbb, 0xbf),
    workbook: begins(0x50, 0x4b, 0x03, 0x04) || begins(0xd0, 0xcf, 0x11, 0xe0),
  };
}

export interface Preview {
  /** The rows that the beginning holds whole, without the header. */
  rows: readonly string[][];
  /** How many the file holds: a count where the beginning is the whole of it, else an estimate. */
  count: number;
  exact: boolean;
}

export function previewOf({ text, whole }: Beginning, delimiter: string, size: number): Preview {
  const { data } = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: true });
  const rows = data.slice(1, whole ? undefined : -1); // the last one may be cut
  const count = whole ? rows.length : Math.max(1, Math.round((rows.length * size) / start_bytes));
  return { rows, count, exact: whole };
}
