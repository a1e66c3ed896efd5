/** How numbers are written on the page. */
import type { Feature } from "./api/schema";

const plain = new Intl.NumberFormat("en", { maximumSignificantDigits: 6, useGrouping: false });
const grouped = new Intl.NumberFormat("en");

export const number = (value: number) => plain.format(value);
export const count = (value: number) => grouped.format(value);
export const probability = (value: number) => value.toFixed(3);
export const milliseconds = (value: number) =>
  `${value < 10 ? value.toFixed(1) : Math.round(value).toString()} ms`;

/** Decimals that resolve about a hundredth of a feature's training range. */
export function decimals({ min, max }: Pick<Feature, "min" | "max">): number {
  const range = (max ?? 0) - (min ?? 0);
  return range > 0 ? Math.min(10, Math.max(0, 2 - Math.floor(Math.log10(range)))) : 2;
}

/** What an arrow key adds to a number field: about a thirtieth to a hundredth of its training range. */
export const step = (feature: Pick<Feature, "min" | "max">) => 10 ** -Math.max(0, decimals(feature) - 1);

export function date(iso: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
}
