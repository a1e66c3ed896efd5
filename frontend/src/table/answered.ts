/** An answer as it comes in: what it says, and the file that is made of it. */
import type { Models, TableColumns } from "../api/schema";
import { AnswerReader } from "./answerReader";
import type { Labels } from "./labels";
import { outsideOf } from "./ranges";
import { safeText } from "./safe";
import { Aggregator } from "./summary";

const packed_length = 4 * 2 ** 20;

export class Answered {
  rows = 0;
  /** Cells that were made text, so that no spreadsheet runs them as a formula. */
  changed = 0;
  aggregator: Aggregator | null = null;
  readonly #reader: AnswerReader;
  #packed: Blob[] = [];
  #texts: string[] = [];
  #length = 0;

  constructor(
    readonly columns: Pick<TableColumns, "delimiter" | "target" | "features">,
    readonly models: Pick<Models, "classes" | "features">,
    readonly labels: Labels | null,
    marked: boolean,
  ) {
    this.#reader = new AnswerReader(columns.delimiter);
    if (marked) this.#texts.push("\ufeff");
  }

  feed(text: string) {
    const { rows, raw } = this.#reader.feed(text);
    const { delimiter, newline } = this.#reader;
    if (rows.length === 0) return;
    const safe = safeText(rows, raw, { delimiter, newline });
    this.changed += safe.changed;
    this.#keep(safe.text);
    for (const row of rows) {
      if (this.aggregator) {
        this.aggregator.add(row);
        this.rows++;
      } else this.aggregator = this.#begun(row);
    }
  }

  /** The rows so far, safe to open in a spreadsheet. */
  get file(): Blob {
    return new Blob([...this.#packed, ...this.#texts], { type: "text/csv" });
  }

  #begun(head: readonly string[]): Aggregator {
    const { target } = this.columns;
    const { labels } = this;
    const label =
      labels && target !== null ? (row: readonly string[]) => labels.read(row[target] ?? "") : undefined;
    const { classes, features } = this.models;
    return new Aggregator(head, classes, label, outsideOf(features, this.columns));
  }

  /** Large parts go to a blob, which the browser need not hold in memory. */
  #keep(text: string) {
    this.#texts.push(text);
    this.#length += text.length;
    if (this.#length < packed_length) return;
    this.#packed.push(new Blob(this.#texts));
    this.#texts = [];
    this.#length = 0;
  }
}
