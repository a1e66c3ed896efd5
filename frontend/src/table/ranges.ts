/** Whether a table's rows keep to what the models were trained on. */
import type { Feature, TableColumns } from "../api/schema";

/** Whether a row holds a number outside its feature's training range. What is no number is not outside. */
export function outsideOf(
  features: readonly Feature[],
  { delimiter, features: found }: Pick<TableColumns, "delimiter" | "features">,
): (row: readonly string[]) => boolean {
  const places = new Map(found.map(({ feature, columns }) => [feature, columns[0]]));
  const ranges = features.flatMap(({ name, kind, min, max }) => {
    const place = places.get(name);
    return kind === "number" && place !== undefined && min != null && max != null
      ? [{ place, min, max }]
      : [];
  });
  const decimalComma = delimiter === ";";
  return (row) =>
    ranges.some(({ place, min, max }) => {
      const cell = row[place] ?? "";
      const value = Number(decimalComma ? cell.replace(",", ".") : cell);
      return (value < min || value > max) && cell.trim() !== ""; // an empty cell is 0 to Number()
    });
}
