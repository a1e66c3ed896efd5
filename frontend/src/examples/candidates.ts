/** Rows that may become examples, each with what is known of it: from the release's sample, or drawn from its ranges. */
import type { Dataset, Feature, Instance, Models, Vote } from "../api/schema";
import { rounded } from "../numbers";

export interface Candidate {
  instance: Instance;
  /** The class that the row has; a drawn one has none. */
  label?: string;
  /** What each model that said something says of it: out of fold, where it is a training row. */
  predictions: string[];
  /** "Row 51 of the training sample" */
  words: string;
}

export function sampled({ features, rows, labels, predictions }: Dataset): Candidate[] {
  return rows.map((row, index) => ({
    instance: Object.fromEntries(features.map((name, place) => [name, row[place] ?? null])),
    label: labels[index] ?? "",
    predictions: Object.values(predictions).map((column) => column[index] ?? ""),
    words: `Row ${index + 1} of the training sample`,
  }));
}

/** Rows in the training ranges, a number between two of its deciles as often as between any others. */
export function drawn(
  { features }: Pick<Models, "features">,
  count: number,
  random: () => number,
): Instance[] {
  return Array.from({ length: count }, () =>
    Object.fromEntries(features.map((feature) => [feature.name, draw(feature, random)])),
  );
}

export function answered(instances: readonly Instance[], votes: readonly Vote[]): Candidate[] {
  return instances.map((instance, index) => ({
    instance,
    predictions: Object.values(votes[index]?.models ?? {}).flatMap(({ prediction }) => prediction ?? []),
    words: "Drawn from the training ranges",
  }));
}

function draw(feature: Feature, random: () => number): Instance[string] {
  const { kind, min, max, categories, quantiles } = feature;
  if (kind === "boolean") return random() < 0.5;
  if (kind === "category") return categories[Math.floor(random() * categories.length)] ?? null;
  const ends = quantiles.length > 1 ? quantiles : [min ?? 0, max ?? 0];
  const place = random() * (ends.length - 1);
  const [below = 0, above = below] = ends.slice(Math.floor(place));
  return Number(rounded(below + (above - below) * (place % 1), feature));
}
