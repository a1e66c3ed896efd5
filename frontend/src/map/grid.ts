/** A map of a plane: what the models answer at each of its cells, row by row from the upper left. */
import { statusWords } from "../answer/agreement";
import type { Instance, Models, Vote } from "../api/schema";
import { decimals } from "../numbers";
import type { Axis, Plane } from "./plane";

export const grid_side = 48;

/** One question for each cell, at its middle; what is not on the plane is as `held`. */
export function cellInstances({ x, y }: Plane, held: Instance): Instance[] {
  const across = middles(x);
  const down = middles(y).reverse();
  return down.flatMap((up) =>
    across.map((along) => ({ ...held, [x.feature.name]: along, [y.feature.name]: up })),
  );
}

function middles({ feature, min, max }: Axis): number[] {
  const places = decimals(feature) + 1;
  return Array.from({ length: grid_side }, (_, cell) =>
    Number((min + ((cell + 0.5) / grid_side) * (max - min)).toFixed(places)),
  );
}

/** What one layer says at each cell: the class's index, −1 for none, and its probability. */
export interface Answers {
  classes: Int16Array;
  probabilities: Float32Array;
}

export interface Grid {
  vote: Answers;
  members: ReadonlyMap<string, Answers>;
  /** How many different classes the models predict at each cell. */
  different: Uint8Array;
  /** Those that did not answer at every cell, and why: "is unavailable" */
  silent: ReadonlyMap<string, string>;
  /** How many models answered somewhere. */
  answered: number;
}

/** Small, so that the answer's megabytes can be let go. */
export function gridOf({ classes }: Pick<Models, "classes">, votes: readonly Vote[]): Grid {
  const indices = new Map(classes.map((name, index) => [name, index]));
  const names = Object.keys(votes[0]?.models ?? {});
  const vote = emptyAnswers(votes.length);
  const members = new Map(names.map((name) => [name, emptyAnswers(votes.length)]));
  const different = new Uint8Array(votes.length);
  const silent = new Map<string, string>();
  const answered = new Set<string>();
  votes.forEach((each, cell) => {
    const predicted = new Set<string>();
    vote.classes[cell] = indices.get(each.prediction) ?? -1;
    vote.probabilities[cell] = each.probability;
    for (const [name, answers] of members) {
      const member = each.models[name];
      if (member?.status !== "ok" || member.prediction == null) {
        silent.set(name, member ? statusWords(member) : "did not answer");
        continue;
      }
      answered.add(name);
      predicted.add(member.prediction);
      answers.classes[cell] = indices.get(member.prediction) ?? -1;
      answers.probabilities[cell] = member.probability ?? 0;
    }
    different[cell] = predicted.size;
  });
  return { vote, members, different, silent, answered: answered.size };
}

function emptyAnswers(cells: number): Answers {
  return { classes: new Int16Array(cells).fill(-1), probabilities: new Float32Array(cells) };
}

/** Each class's part of the map, by its index. */
export function coverage({ classes }: Answers, count: number): number[] {
  const cells = new Array<number>(count).fill(0);
  for (const index of classes) if (index >= 0) cells[index] = (cells[index] ?? 0) + 1;
  return cells.map((each) => each / classes.length);
}

/** The part of the map on which the models disagree. */
export function disagreement({ different }: Grid): number {
  return different.filter((count) => count > 1).length / different.length;
}
