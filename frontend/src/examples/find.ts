/** Examples worth looking at, found among candidates of whatever table. */
import type { Feature, Instance, Models } from "../api/schema";
import { decimals } from "../numbers";
import type { Candidate } from "./candidates";

export interface Example {
  kind: "class" | "disagreement" | "outside";
  /** What its button says. */
  name: string;
  instance: Instance;
  trueClass?: string;
  words: string;
}

type Release = Pick<Models, "features" | "classes">;

/** A clear row of each class, one on which models disagree, and one outside the range, as far as there are such. */
export function findExamples(release: Release, candidates: readonly Candidate[]): Example[] {
  const clear = release.classes.flatMap((name) => clearRow(release, candidates, name) ?? []);
  const [contested] = disagreements(candidates);
  const inside = clear[0]?.instance ?? candidates[0]?.instance;
  return [
    ...clear,
    ...(contested ? [asDisagreement(contested)] : []),
    ...((inside && outsideRow(release, inside)) ?? []),
  ];
}

/** Those on which the models say different things, the most different first. */
export function disagreements(candidates: readonly Candidate[]): Candidate[] {
  const different = (candidate: Candidate) => new Set(candidate.predictions).size;
  return candidates
    .filter((each) => different(each) > 1)
    .sort((one, other) => different(other) - different(one));
}

export function asDisagreement(candidate: Candidate): Example {
  return example("disagreement", "models disagree", candidate);
}

/** Of the rows that all models and the table take for this class, the one nearest to their middle. */
function clearRow({ features }: Release, candidates: readonly Candidate[], name: string): Example | null {
  const rows = candidates.filter(
    ({ label, predictions }) =>
      (label ?? name) === name &&
      predictions.length &&
      predictions.every((prediction) => prediction === name),
  );
  const distance = distanceToMiddle(features, rows);
  const [first, ...others] = rows;
  if (!first) return null;
  const nearest = others.reduce((best, row) => (distance(row) < distance(best) ? row : best), first);
  return example("class", name, nearest);
}

/** The sum of squared distances from the rows' means, each in shares of its feature's range. */
function distanceToMiddle(features: readonly Feature[], rows: readonly Candidate[]) {
  const numbers = features.filter(({ kind }) => kind === "number");
  const middles = numbers.map(({ name }) => {
    const values = rows.flatMap(({ instance }) =>
      typeof instance[name] === "number" ? [instance[name]] : [],
    );
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
  return ({ instance }: Candidate) =>
    numbers.reduce((sum, { name, min, max }, place) => {
      const value = instance[name];
      const share =
        typeof value === "number" ? (value - (middles[place] ?? 0)) / ((max ?? 1) - (min ?? 0) || 1) : 1;
      return sum + share ** 2;
    }, 0);
}

/** A row with one number half its training range beyond its end. */
function outsideRow({ features }: Release, instance: Instance): Example[] {
  const feature = features.find(({ kind, min, max }) => kind === "number" && min != null && max != null);
  if (feature?.min == null || feature.max == null) return [];
  const beyond = Number((feature.max + (feature.max - feature.min) / 2).toFixed(decimals(feature)));
  const words = `${feature.name} beyond its training range`;
  return [
    { kind: "outside", name: "outside the range", instance: { ...instance, [feature.name]: beyond }, words },
  ];
}

function example(kind: Example["kind"], name: string, { instance, label, words }: Candidate): Example {
  return { kind, name, instance, words, ...(label !== undefined && { trueClass: label }) };
}
