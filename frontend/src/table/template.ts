/** A table to fill in: the header that the gateway takes, and a row or two as examples. */
import Papa from "papaparse";
import type { Dataset, Feature } from "../api/schema";
import { initialValue } from "../form/values";
import { safeCell } from "./safe";

const example_rows = 2;

/** With rows of the sample, of different classes, or with one of typical values. */
export function template(features: readonly Feature[], sample: Dataset | null): string {
  const rows = sample ? sampled(features, sample) : [features.map(initialValue)];
  const table = [headings(features), ...rows].map((row) => row.map(safeCell));
  return `${Papa.unparse(table, { newline: "\r\n" })}\r\n`;
}

/** Each feature's name, with its unit where that cannot be taken for another feature. */
function headings(features: readonly Feature[]): string[] {
  const folded = features.map(({ name, unit }) => [fold(name), fold(name + (unit ?? ""))]);
  return features.map(({ name, unit }, index) => {
    const others = folded.filter((_, other) => other !== index).flat();
    const alone = folded[index]?.every((each) => !others.includes(each));
    return unit && alone && !/[()[\]]/.test(unit + name) ? `${name} (${unit})` : name;
  });
}

const fold = (name: string) => name.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();

function sampled(features: readonly Feature[], { rows, labels, features: order }: Dataset): string[][] {
  const firsts = [...new Set(labels)]
    .slice(0, example_rows)
    .map((label) => rows[labels.indexOf(label)] ?? []);
  return firsts.map((row) => features.map(({ name }) => String(row[order.indexOf(name)] ?? "")));
}
