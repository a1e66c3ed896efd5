/** Reads the rows of an answer while its text comes in. */
import Papa from "papaparse";

interface Piece {
  rows: string[][];
  /** The text that they were read from, line ends included. */
  raw: string;
}

export class AnswerReader {
  /** The answer's line end, once its header is read: CR LF or LF, as the table's own. */
  newline = "";
  #rest = "";
  readonly #headEnd: RegExp;

  constructor(readonly delimiter: string) {
    this.#headEnd = new RegExp(`${delimiter === "\t" ? "\\t" : delimiter}"?error"?(\r?\n)`);
  }

  /** The rows that are whole by now. What follows the last of them waits for more. */
  feed(text: string): Piece {
    this.#rest += text;
    this.newline ||= this.#headEnd.exec(this.#rest)?.[1] ?? "";
    if (!this.newline) return { rows: [], raw: "" };
    const parser = new Papa.Parser({ delimiter: this.delimiter, newline: this.newline as "\n" | "\r\n" });
    const { data, meta } = parser.parse(this.#rest, 0, true) as {
      data: string[][];
      meta: { cursor: number };
    };
    const raw = this.#rest.slice(0, meta.cursor);
    this.#rest = this.#rest.slice(meta.cursor);
    return { rows: data, raw };
  }
}
