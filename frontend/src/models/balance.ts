/** How many rows each class has in the table that was trained on. */
import type { Models } from "../api/schema";
import { total } from "../figures/shares";

/** In the classes' order; empty where nothing tells them. Every row stands once in a model's confusion matrix. */
export function classRows({ data, models }: Pick<Models, "data" | "models">): readonly number[] {
  if (data.class_rows.length) return data.class_rows;
  const matrix = models.find(({ metrics }) => metrics)?.metrics?.confusion_matrix ?? [];
  return matrix.map(total);
}

/** The most frequent class, and the accuracy of always giving it. */
export function guessing({ classes, ...models }: Pick<Models, "classes" | "data" | "models">) {
  const rows = classRows(models);
  if (!rows.length) return null;
  const most = Math.max(...rows);
  return { name: classes[rows.indexOf(most)] ?? "", accuracy: most / total(rows) };
}
