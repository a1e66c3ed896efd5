/** How numbers are written on the page. */
import type { Feature } from "./api/schema";

const plain = new Intl.NumberFormat("en", { maximumSignificantDigits: 6, useGrouping: false });

/** Smaller ones are written as fields have them, as 3.2e-9. */
const smallest_plain = 1e-6;

/** Up to six significant digits, with a true minus sign. */
export function number(value: number): string {
  const small = value !== 0 && Math.abs(value) < smallest_plain;
  return signed(small ? String(Number(value.toPrecision(6))) : plain.format(value));
}

/** One less than a number can be written with. */
const most_decimals = 99;

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
  const places = digits.length ? Math.max(...digits) : 0;
  const tens = 10 ** Math.max(0, -places);
  return String(tens * Number(((mean ?? 0) / tens).toFixed(Math.min(most_decimals, Math.max(0, places)))));
}

/** "−618 to 503": three significant digits, and more where a hundredth of the range needs them. */
export function range(min: number, max: number): string {
  if (Math.max(Math.abs(min), Math.abs(max)) < smallest_plain) return `${number(min)} to ${number(max)}`;
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
  return range > 0 ? Math.min(most_decimals, Math.max(0, 2 - Math.floor(Math.log10(range)))) : 2;
}

/** What an arrow key adds to a number field: a tenth to a hundredth of its training range, and 1 of some hundreds. */
function step({ min, max }: Pick<Feature, "min" | "max">): number {
  const range = (max ?? 0) - (min ?? 0);
  const size = range > 0 ? Math.floor(Math.log10(range)) : 0;
  return Number(`1e${size < 2 ? size - 1 : size - 2}`);
}

/** What an arrow key makes of a number field's text. */
export function stepped(text: string, feature: Pick<Feature, "min" | "max">, direction: 1 | -1): string {
  const by = step(feature);
  const places = Math.min(most_decimals, Math.max(placesOf(text), placesOf(String(by))));
  return String(Number((Number(text) + direction * by).toFixed(places))); // without the binary fractions' crumbs
}

/** The decimal places of a number as it is written, as "1.5e-9". */
function placesOf(text: string): number {
  const [, fraction = "", exponent = "0"] = /^[^.e]*\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text.trim()) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
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
