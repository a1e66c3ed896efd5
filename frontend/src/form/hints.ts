import type { Feature } from "../api/schema";
import { number, range, typical } from "../numbers";

/** What the training rows held: "0.1 to 2.5,", "mean 1.2,", "may be left empty" */
export function hints(feature: Feature): string[] {
  const { min, max, mean, nullable } = feature;
  const parts = [
    min != null && max != null ? range(min, max) : "",
    mean != null ? `mean ${number(Number(typical(feature)))}` : "",
    nullable ? "may be left empty" : "",
  ].filter(Boolean);
  return parts.map((part, index) => (index < parts.length - 1 ? `${part},` : part));
}
