/** A model's parameters, as JSON tells them, in words. */
import { number } from "../numbers";

export function parameterText(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (Array.isArray(value)) return value.length ? value.map(parameterText).join(", ") : "none";
  switch (typeof value) {
    case "boolean":
      return value ? "yes" : "no";
    case "number":
      return Number.isInteger(value) ? String(value).replace("-", "\u2212") : number(value);
    case "string":
      return value;
    default:
      return JSON.stringify(value);
  }
}
