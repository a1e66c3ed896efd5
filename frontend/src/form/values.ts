/** What stands in the form: a text for each feature, as typed. A boolean is "true" or "false", a missing value "". */
import type { Feature, Instance } from "../api/schema";
import { typical } from "../numbers";

export type Values = ReadonlyMap<string, string>;
export type FieldErrors = ReadonlyMap<string, string>;

/** The training mean of a number, the first of the categories, false. */
export function initialValue(feature: Feature): string {
  if (feature.kind === "boolean") return "false";
  if (feature.kind === "category") return feature.categories[0] ?? "";
  return feature.mean == null ? "" : typical(feature);
}

/** The values of a new release's form: what was entered stays where its feature still takes it. */
export function carryOver(features: readonly Feature[], before: Values = new Map()): Values {
  const kept = keptValues(features, before);
  return new Map(features.map((feature) => [feature.name, kept.get(feature.name) ?? initialValue(feature)]));
}

/** The values that a new release's form still takes. */
export function keptValues(features: readonly Feature[], before: Values): Values {
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  return new Map(
    [...before].filter(([name, text]) => {
      const feature = byName.get(name);
      return feature && takes(feature, text);
    }),
  );
}

function takes(feature: Feature, text: string): boolean {
  if (text === "") return feature.nullable || feature.kind === "number";
  if (feature.kind === "category") return feature.categories.includes(text);
  if (feature.kind === "boolean") return text === "true" || text === "false";
  return Number.isFinite(Number(text));
}

/** A row as the API gives and takes it, as the texts of a form. */
export function textsOf(instance: Instance): Values {
  return new Map(
    Object.entries(instance).map(([name, value]) => [name, value === null ? "" : String(value)]),
  );
}

/** The question to send, and what keeps it from being sent. */
export function readInstance(features: readonly Feature[], values: Values) {
  const entries: [string, Instance[string]][] = [];
  const errors = new Map<string, string>();
  for (const feature of features) {
    const text = (values.get(feature.name) ?? "").trim();
    const value = readValue(feature, text);
    if (value !== undefined) entries.push([feature.name, value]);
    else errors.set(feature.name, wanted(feature, text));
  }
  return { instance: Object.fromEntries(entries) as Instance, errors: errors as FieldErrors };
}

function wanted({ kind }: Feature, text: string): string {
  if (kind !== "number") return "Choose one.";
  return text.includes(",") ? "Enter a number with a point, as 5.1." : "Enter a number.";
}

function readValue(feature: Feature, text: string): Instance[string] | undefined {
  if (text === "") return feature.nullable ? null : undefined;
  if (feature.kind === "category") return text;
  if (feature.kind === "boolean") return text === "true";
  return Number.isFinite(Number(text)) ? Number(text) : undefined;
}
