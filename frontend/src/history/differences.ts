/** What is different about an answer, beside the one that is the baseline. */
import type { Feature, Instance } from "../api/schema";
import { measured, number } from "../numbers";
import type { Asked } from "../state/history";

export interface Difference {
  /** "stem_width", "soft vote", "k_neighbors" */
  what: string;
  before: string;
  now: string;
  /** "+0.4 cm", "−0.12"; empty where there is no number to tell. */
  change: string;
}

export function differences(
  baseline: Asked,
  now: Pick<Asked, "instance" | "answer">,
  features: readonly Feature[],
): { inputs: Difference[]; answers: Difference[] } {
  const inputs = features.flatMap((feature) => inputDifference(feature, baseline.instance, now.instance));
  const votes =
    baseline.answer.prediction === now.answer.prediction
      ? []
      : [{ what: "soft vote", before: baseline.answer.prediction, now: now.answer.prediction, change: "" }];
  const probabilities = Object.entries(now.answer.probabilities).flatMap(([name, value]) =>
    Object.hasOwn(baseline.answer.probabilities, name)
      ? probabilityDifference(name, baseline.answer.probabilities[name] ?? 0, value)
      : [],
  );
  const names = new Set([...Object.keys(baseline.answer.models), ...Object.keys(now.answer.models)]);
  const models = [...names].flatMap((name) => {
    const [before, after] = [said(baseline, name), said(now, name)];
    return before === after ? [] : [{ what: name, before, now: after, change: "" }];
  });
  return { inputs, answers: [...votes, ...probabilities, ...models] };
}

function inputDifference({ name, unit }: Feature, baseline: Instance, instance: Instance): Difference[] {
  const [before, now] = [baseline[name] ?? null, instance[name] ?? null];
  if (before === now) return [];
  const words = (value: Instance[string]) => {
    if (value === null) return "missing";
    return typeof value === "number" ? measured(number(value), unit) : String(value);
  };
  const change = typeof before === "number" && typeof now === "number" ? signed(number(now - before)) : "";
  return [
    {
      what: name,
      before: words(before),
      now: words(now),
      change: change && measured(change, unit),
    },
  ];
}

function probabilityDifference(name: string, before: number, now: number): Difference[] {
  if (Math.abs(now - before) < 0.0005) return [];
  return [
    {
      what: `probability of ${name}`,
      before: before.toFixed(3),
      now: now.toFixed(3),
      change: signed(number(Number((now - before).toFixed(3)))),
    },
  ];
}

const signed = (text: string) => (text.startsWith("\u2212") ? text : `+${text}`);

function said({ answer }: Pick<Asked, "answer">, name: string): string {
  const member = answer.models[name];
  if (!member) return "not asked";
  return member.status === "ok" ? (member.prediction ?? "") : member.status.replaceAll("_", " ");
}
