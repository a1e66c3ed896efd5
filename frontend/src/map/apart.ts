/** How far the classes stand apart in each number of a sample. */
import type { Dataset, Models } from "../api/schema";

/** The number features, those first in which the classes are most apart; as the release has them, without a sample. */
export function mostApart({ features }: Pick<Models, "features">, sample: Dataset | null): string[] {
  const names = features.filter(({ kind }) => kind === "number").map(({ name }) => name);
  if (!sample) return names;
  const apart = new Map(names.map((name) => [name, separation(sample, name)]));
  return names.sort((one, other) => (apart.get(other) ?? 0) - (apart.get(one) ?? 0));
}

/** The part of a number's variance that lies between the classes (the correlation ratio η²), 0 to 1. */
export function separation({ features, rows, labels }: Dataset, name: string): number {
  const column = features.indexOf(name);
  const byClass = new Map<string, number[]>();
  rows.forEach((row, index) => {
    const value = row[column];
    const label = labels[index];
    if (typeof value !== "number" || label === undefined) return;
    const group = byClass.get(label);
    if (group) group.push(value);
    else byClass.set(label, [value]);
  });
  const groups = [...byClass.values()];
  const all = groups.flat();
  const middle = mean(all);
  const between = groups.reduce((sum, group) => sum + group.length * (mean(group) - middle) ** 2, 0);
  const total = all.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return total > 0 ? between / total : 0;
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
