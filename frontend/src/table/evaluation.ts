/** How right the vote and each model are on a table that holds the true classes. */

/** `name` is null for the vote. */
export interface Score {
  name: string | null;
  /** Rows with a true class and a prediction. */
  rows: number;
  correct: number;
  /** Rows: true class, columns: predicted class, both in the order of `classes`. */
  matrix: readonly (readonly number[])[];
}

export interface EvaluationResult {
  classes: readonly string[];
  /** The vote's, and then each model's. */
  scores: readonly Score[];
  /** Rows whose true class is empty. */
  unlabeled: number;
  /** Labels that are no class of the release: the first few, whether there are more, and on how many rows in all. */
  unknown: { labels: readonly string[]; more: boolean; rows: number };
}

const most_unknown = 5;

export class Evaluation {
  #unlabeled = 0;
  #unknownRows = 0;
  readonly #unknown = new Set<string>();
  readonly #places: Map<string, number>;
  readonly #matrices: number[][][];

  constructor(
    readonly classes: readonly string[],
    readonly models: readonly string[],
  ) {
    this.#places = new Map(classes.map((name, place) => [name, place]));
    this.#matrices = [null, ...models].map(() => classes.map(() => classes.map(() => 0)));
  }

  add(label: string, vote: string, said: readonly string[]) {
    const truth = this.#places.get(label);
    if (label === "") this.#unlabeled++;
    else if (truth === undefined) {
      this.#unknownRows++;
      if (this.#unknown.size <= most_unknown) this.#unknown.add(label);
    }
    if (truth === undefined) return;
    this.#tally(0, truth, vote);
    for (const [index, name] of said.entries()) this.#tally(index + 1, truth, name);
  }

  #tally(matrix: number, truth: number, predicted: string) {
    const place = this.#places.get(predicted);
    const row = this.#matrices[matrix]?.[truth];
    if (row && place !== undefined) row[place] = (row[place] ?? 0) + 1;
  }

  get result(): EvaluationResult {
    const scores = [null, ...this.models].map((name, index): Score => {
      const matrix = (this.#matrices[index] ?? []).map((row) => [...row]);
      const rows = matrix.flat().reduce((sum, count) => sum + count, 0);
      const correct = matrix.reduce((sum, row, place) => sum + (row[place] ?? 0), 0);
      return { name, rows, correct, matrix };
    });
    return {
      classes: this.classes,
      scores,
      unlabeled: this.#unlabeled,
      unknown: {
        labels: [...this.#unknown].slice(0, most_unknown),
        more: this.#unknown.size > most_unknown,
        rows: this.#unknownRows,
      },
    };
  }
}
