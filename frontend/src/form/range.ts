import type { Feature } from "../api/schema";
import { measured, number } from "../numbers";

/** "Above the training range, whose end is 2.5 cm." The models answer all the same. Null within the range. */
export function outside({ kind, min, max, unit }: Feature, text: string): string | null {
  const value = Number(text);
  if (kind !== "number" || text.trim() === "" || min == null || max == null) return null;
  if (value < min) return `Below the training range, which begins at ${measured(number(min), unit)}.`;
  if (value > max) return `Above the training range, which ends at ${measured(number(max), unit)}.`;
  return null;
}
