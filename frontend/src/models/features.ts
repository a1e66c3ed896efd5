/** What the training rows held of a feature, in the cells of a table. */
import type { Feature } from "../api/schema";
import { number, range, typical } from "../numbers";

const most_categories = 12;

/** "4.3 to 7.9", "blue, red", "true, false" */
export function valuesText({ kind, min, max, categories }: Feature): string {
  if (kind === "boolean") return "true, false";
  if (kind === "category") {
    const more = categories.length - most_categories;
    return categories.slice(0, most_categories).join(", ") + (more > 0 ? ` and ${more} more` : "");
  }
  return min != null && max != null ? range(min, max) : "";
}

export const meanText = (feature: Feature) => (feature.mean == null ? "" : number(Number(typical(feature))));

/** "0", "12", "some": how many rows lack it was not counted before there were model cards. */
export function missingText({ missing, nullable }: Feature): string {
  return missing == null ? (nullable ? "some" : "0") : String(missing);
}
