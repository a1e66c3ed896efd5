/** What an answered table comes to: counted row by row, and told at any time. */
import { Evaluation, type EvaluationResult } from "./evaluation";

interface RowError {
  /** As a spreadsheet counts: the header is row 1. */
  row: number;
  error: string;
  /** Whether the row was predicted all the same, by the models that answered. */
  predicted: boolean;
}

interface Pair {
  models: readonly [string, string];
  /** Rows that both answered. */
  rows: number;
  /** Those of them that they predict differently. */
  differ: number;
}

export interface Summary {
  rows: number;
  /** Rows with a prediction of the vote. */
  predicted: number;
  /** Rows that every model that answered predicts the same. */
  unanimous: number;
  /** Rows with a prediction, and with a number outside its training range. */
  outside: number;
  /** Rows by the vote's class: the release's classes in their order, then others that were met. */
  byClass: ReadonlyMap<string, number>;
  pairs: readonly Pair[];
  /** Models that did not answer rows that others answered, and how many. */
  missing: readonly { model: string; rows: number }[];
  /** The first errors: of rows without a prediction, and then of others. */
  errors: readonly RowError[];
  /** Rows with an error and without a prediction, and with both. */
  failed: number;
  partial: number;
  evaluation: EvaluationResult | null;
}

export const most_errors = 50;
const first_row = 2;
const member_column = "prediction:";

/**
 * `head` is the answer's header; `label` gives a row's true class, and is absent where the table has none; `isOutside`
 * tells whether a row holds a number outside its training range.
 */
export class Aggregator {
  readonly models: readonly string[];
  #rows = 0;
  #predicted = 0;
  #unanimous = 0;
  #outside = 0;
  #failed = 0;
  #partial = 0;
  readonly #errors = { failed: [] as RowError[], partial: [] as RowError[] };
  readonly #byClass: Map<string, number>;
  readonly #missing: number[];
  readonly #pairs: Pair[] = [];
  readonly #places: { vote: number; members: number; error: number };
  readonly #evaluation: Evaluation | null;

  constructor(
    head: readonly string[],
    classes: readonly string[],
    readonly label?: (row: readonly string[]) => string,
    readonly isOutside: (row: readonly string[]) => boolean = () => false,
  ) {
    const error = head.length - 1;
    const vote = head.lastIndexOf("prediction");
    const members = vote + 3; // after prediction, probability and agreement
    this.#places = { vote, members, error };
    this.models = head.slice(members, error).map((name) => name.slice(member_column.length));
    this.#byClass = new Map(classes.map((name) => [name, 0]));
    this.#missing = this.models.map(() => 0);
    for (const [index, first] of this.models.entries()) {
      for (const second of this.models.slice(index + 1)) {
        this.#pairs.push({ models: [first, second], rows: 0, differ: 0 });
      }
    }
    this.#evaluation = label ? new Evaluation(classes, this.models) : null;
  }

  add(row: readonly string[]) {
    const { vote, members, error } = this.#places;
    const predicted = row[vote] ?? "";
    const said = row.slice(members, error);
    this.#rows++;
    this.#count(predicted, said);
    if (predicted !== "" && this.isOutside(row)) this.#outside++;
    this.#note(row[error] ?? "", predicted !== "");
    if (this.label) this.#evaluation?.add(this.label(row), predicted, said);
  }

  #count(predicted: string, said: readonly string[]) {
    const anyone = said.some((name) => name !== "");
    const answers = new Set(said.filter((name) => name !== ""));
    for (const [index, name] of said.entries()) {
      if (anyone && name === "") this.#missing[index] = (this.#missing[index] ?? 0) + 1;
    }
    if (predicted !== "") {
      this.#predicted++;
      if (answers.size === 1) this.#unanimous++;
      this.#byClass.set(predicted, (this.#byClass.get(predicted) ?? 0) + 1);
    }
    let pair = 0;
    for (let first = 0; first < said.length; first++) {
      for (let second = first + 1; second < said.length; second++, pair++) {
        const counted = this.#pairs[pair];
        if (!counted || !said[first] || !said[second]) continue;
        counted.rows++;
        if (said[first] !== said[second]) counted.differ++;
      }
    }
  }

  #note(error: string, predicted: boolean) {
    if (!error) return;
    if (predicted) this.#partial++;
    else this.#failed++;
    const row = this.#rows - 1 + first_row;
    const kept = predicted ? this.#errors.partial : this.#errors.failed;
    if (kept.length < most_errors) kept.push({ row, error, predicted });
  }

  get summary(): Summary {
    return {
      rows: this.#rows,
      predicted: this.#predicted,
      unanimous: this.#unanimous,
      outside: this.#outside,
      byClass: new Map(this.#byClass),
      pairs: this.#pairs.map((pair) => ({ ...pair })),
      missing: this.models
        .map((model, index) => ({ model, rows: this.#missing[index] ?? 0 }))
        .filter(({ rows }) => rows > 0),
      errors: [...this.#errors.failed, ...this.#errors.partial].slice(0, most_errors),
      failed: this.#failed,
      partial: this.#partial,
      evaluation: this.#evaluation?.result ?? null,
    };
  }
}
