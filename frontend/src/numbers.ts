/** How numbers are written on the page. */
import type { Feature } from "./api/schema";

const plain = new Intl.NumberFormat("en", { maximumSignificantDigits: 6, useGrouping: false });

/** Up to six significant digits, with a true minus sign. */
export const number = (value: number) => signed(plain.format(value));

/** A count: "1,234" */
export const grouped = (count: number) => new Intl.NumberFormat("en").format(count);

/** "4.5 cm", or without a unit as it is. */
export const measured = (amount: string | number, unit: string | null | undefined) =>
  unit ? `${amount} ${unit}` : `${amount}`;

/**
 * A mean as text that a number field takes: three significant digits, and more where a hundredth of the range needs
 * them. The API's own example has the same.
 */
export function typical({ min, max, mean }: Pick<Feature, "min" | "max" | "mean">): string {
  const scales = [Math.abs(mean ?? 0), (max ?? 0) - (min ?? 0)].filter((scale) => scale > 0);
  const digits = scales.map((scale) => 2 - Math.floor(Math.log10(scale)));
  const places = 10 ** Math.min(12, digits.length ? Math.max(...digits) : 0);
  return String(Number((Math.round((mean ?? 0) * places) / places).toPrecision(12)));
}

/** "−618 to 503": three significant digits, and more where a hundredth of the range needs them. */
export function range(min: number, max: number): string {
  const rounded = new Intl.NumberFormat("en", {
    maximumSignificantDigits: 3,
    maximumFractionDigits: decimals({ min, max }),
    roundingPriority: "morePrecision",
    signDisplay: "negative", // no "-0"
    useGrouping: false,
  });
  return signed(`${rounded.format(min)} to ${rounded.format(max)}`);
}

/** Three decimals. What is possible is not written as impossible, and little short of certain not as 0.999. */
export function probability(value: number): string {
  if (value > 0 && value < 0.001) return "<0.001";
  if (value > 0.999 && value < 0.9995) return ">0.999";
  return value.toFixed(3);
}

export const milliseconds = (value: number) =>
  `${value < 10 ? value.toFixed(1) : Math.round(value).toString()} ms`;

/** Decimals that resolve about a hundredth of a feature's training range. */
export function decimals({ min, max }: Pick<Feature, "min" | "max">): number {
  const range = (max ?? 0) - (min ?? 0);
  return range > 0 ? Math.min(10, Math.max(0, 2 - Math.floor(Math.log10(range)))) : 2;
}

/** What an arrow key adds to a number field: about a thirtieth to a hundredth of its training range. */
const step = (feature: Pick<Feature, "min" | "max">) => 10 ** -Math.max(0, decimals(feature) - 1);

/** What an arrow key makes of a number field's text. */
export function stepped(text: string, feature: Pick<Feature, "min" | "max">, direction: 1 | -1): string {
  const next = Number(text) + direction * step(feature);
  return String(Number(next.toPrecision(12))); // without the binary fractions' crumbs
}

/** A number within a feature's training range as a field's text, to about a hundredth of the range; its ends exactly. */
export function rounded(value: number, feature: Pick<Feature, "min" | "max">): string {
  const { min, max } = feature;
  if (min != null && value <= min) return String(min);
  if (max != null && value >= max) return String(max);
  const near = Number(value.toFixed(decimals(feature)));
  return String(Math.min(max ?? near, Math.max(min ?? near, near)));
}

export function date(iso: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
}

const signed = (text: string) => text.replaceAll("-", "\u2212");
