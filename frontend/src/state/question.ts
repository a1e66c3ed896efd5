/** The form's values, the question put to the gateway, and what came of it. */
import { batch, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Client } from "../api/client";
import { type Failure, isProblem } from "../api/failure";
import type { Instance, Models, Prediction, Problem } from "../api/schema";
import { carryOver, type FieldErrors, keptValues, readInstance, type Values } from "../form/values";
import type { Watch } from "./watch";

export type Outcome =
  | { kind: "answer"; answer: Prediction; values: Values }
  | { kind: "invalid"; general: string[] }
  | { kind: "failure"; failure: Failure };

/** A form made anew for another release, with the values that it still takes. */
export interface Rebuilt {
  created: string;
  kept: number;
  of: number;
}

export interface Question {
  values: ReadonlySignal<Values>;
  errors: ReadonlySignal<FieldErrors>;
  outcome: ReadonlySignal<Outcome | null>;
  asking: ReadonlySignal<boolean>;
  /** The release that replaced another under the user's hands, until the next question. */
  rebuilt: ReadonlySignal<Rebuilt | null>;
  enter(feature: string, text: string): void;
  /** Ask for what stands in the form. `unreadable` names number fields whose text is no number. */
  ask(unreadable: ReadonlySet<string>): Promise<void>;
}

export function createQuestion(client: Client, watch: Watch): Question {
  const values = signal<Values>(new Map());
  const errors = signal<FieldErrors>(new Map());
  const outcome = signal<Outcome | null>(null);
  const asking = signal(false);
  const rebuilt = signal<Rebuilt | null>(null);
  let current: Models | null = null;
  let latest: AbortController | null = null;

  effect(() => {
    const models = watch.models.value;
    if (!models || models === current) return;
    batch(() => {
      const before = values.peek();
      values.value = carryOver(models.features, before);
      errors.value = new Map();
      if (current) {
        const kept = keptValues(models.features, before).size;
        rebuilt.value = { created: models.created, kept, of: before.size };
      }
      const shown = outcome.peek();
      if (shown?.kind !== "answer" || shown.answer.release !== models.release) outcome.value = null;
    });
    current = models;
  });

  function enter(feature: string, text: string) {
    values.value = new Map(values.peek()).set(feature, text);
    if (errors.peek().has(feature)) {
      errors.value = new Map([...errors.peek()].filter(([name]) => name !== feature));
    }
  }

  async function ask(unreadable: ReadonlySet<string>) {
    const features = watch.models.peek()?.features ?? [];
    const asked = values.peek();
    const read = readInstance(features, asked, unreadable);
    latest?.abort(); // a later question makes the earlier one's answer stale
    latest = null;
    asking.value = false;
    rebuilt.value = null;
    errors.value = read.errors;
    if (read.errors.size) {
      outcome.value = { kind: "invalid", general: [] };
      return;
    }
    await put(read.instance, asked);
  }

  async function put(instance: Instance, asked: Values) {
    const mine = new AbortController();
    latest = mine;
    asking.value = true;
    const result = await client.predict(instance, mine.signal);
    if (latest !== mine) return;
    asking.value = false;
    if (result.ok) {
      outcome.value = { kind: "answer", answer: result.value, values: asked };
      await watch.seen(result.value);
    } else if (result.failure.kind === "problem" && result.failure.problem.status === 422) {
      refuse(result.failure.problem);
      await watch.check(); // the refusal may come from a newer release with other features
    } else if (isProblem(result.failure, 401)) {
      outcome.value = null; // the page asks for a key, and keeps what was entered
    } else {
      outcome.value = { kind: "failure", failure: result.failure };
      await watch.check();
    }
  }

  function refuse(problem: Problem) {
    const byField = new Map<string, string>();
    const general: string[] = [];
    for (const { loc, msg } of problem.errors ?? []) {
      const name = loc.map(String).find((part) => values.peek().has(part));
      if (name === undefined) general.push([...loc, msg].join(": "));
      else byField.set(name, msg);
    }
    batch(() => {
      errors.value = byField;
      outcome.value = {
        kind: "invalid",
        general: byField.size || general.length ? general : [problem.detail],
      };
    });
  }

  return { values, errors, outcome, asking, rebuilt, enter, ask };
}
