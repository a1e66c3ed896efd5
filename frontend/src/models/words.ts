/** How the figures came about. */
import type { Models } from "../api/schema";
import { guessing } from "./balance";

/** "From 5-fold cross-validation: …", and what guessing would come to. */
export function introWords(models: Models): string {
  const metrics = models.models.find((card) => card.metrics)?.metrics;
  if (!metrics) return "What is known of each model.";
  const folds = metrics.folds ? `${metrics.folds}-fold ` : "";
  const guess = guessing(models);
  return [
    `The figures are from ${folds}cross-validation: each row was judged by a model that had not seen it.`,
    "Accuracy is the share of rows judged rightly, ± its spread over the folds.",
    guess && `Always guessing ${guess.name} would have accuracy ${guess.accuracy.toFixed(3)}.`,
    "Log loss is smaller where right answers were given with more confidence.",
  ]
    .filter(Boolean)
    .join(" ");
}
