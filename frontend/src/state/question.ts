/** The form's values, the question put to the gateway, and what came of it. */
import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Client } from "../api/client";
import { type Failure, isProblem } from "../api/failure";
import type { Instance, Models, Prediction, Problem } from "../api/schema";
import { carryOver, type FieldErrors, keptValues, readInstance, type Values } from "../form/values";
import type { ApiKey } from "./apiKey";
import type { Watch } from "./watch";

/** The answer follows the input, this long after the last change. */
export const pause_ms = 150;

/** While a value moves it is asked for no more often than this. */
export const move_pause_ms = 60;

/** A question to which a model that is well gave no answer is put once more, after this long. */
export const again_ms = 1_000;

export type Outcome =
  | { kind: "answer"; answer: Prediction; text: string; instance: Instance }
  | { kind: "refused"; general: string[] }
  | { kind: "failure"; failure: Failure };

/** A form made anew for another release, with the values that it still takes. */
export interface Rebuilt {
  created: string;
  kept: number;
  of: number;
}

/** Where the values came from, while none of them has been changed. */
export interface Origin {
  /** "Row 51 of the training sample" */
  words: string;
  trueClass?: string;
}

export interface Question {
  values: ReadonlySignal<Values>;
  /** What stands in the form, where all of it can be sent. */
  instance: ReadonlySignal<Instance | null>;
  origin: ReadonlySignal<Origin | null>;
  /** What a field's text lacks, or why the gateway refused its value. */
  errors: ReadonlySignal<FieldErrors>;
  /** What came of the last question that was sent; it stays while the next is on its way. */
  outcome: ReadonlySignal<Outcome | null>;
  /** The form has changed, and its answer has not come yet. */
  asking: ReadonlySignal<boolean>;
  /** The release that replaced another under the user's hands, until the next change. */
  rebuilt: ReadonlySignal<Rebuilt | null>;
  /** Whether the values are those that a form begins with, and nobody chose them. */
  untouched: ReadonlySignal<boolean>;
  /** Change one value; the question is put when nothing has changed for `pause_ms`. */
  enter(feature: string, text: string): void;
  /** Change some or all values, and ask at once. */
  load(values: Values, origin?: Origin): void;
  /** Change some values that are still moving, and ask again and again until they rest. */
  move(values: Values): void;
  /** Ask now for what stands in the form. */
  ask(): Promise<void>;
}

export function createQuestion(client: Client, watch: Watch, apiKey: ApiKey): Question {
  const values = signal<Values>(new Map());
  const origin = signal<Origin | null>(null);
  const refused = signal<FieldErrors>(new Map());
  const outcome = signal<Outcome | null>(null);
  const asking = signal(false);
  const rebuilt = signal<Rebuilt | null>(null);
  const untouched = signal(true);
  const read = computed(() => readInstance(watch.models.value?.features ?? [], values.value));
  const errors = computed(() => new Map([...refused.value, ...read.value.errors]));
  const instance = computed(() => (read.value.errors.size ? null : read.value.instance));
  let current: Models | null = null;
  let latest: AbortController | null = null;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let members: string | undefined;
  let locked = false;
  let following = false;
  let repeated: Instance | null = null;

  effect(() => {
    const models = watch.models.value;
    if (models && models.release !== current?.release) rebuild(models);
  });

  effect(() => {
    const before = members;
    members = JSON.stringify(watch.readiness.value?.models);
    if (before !== members && outcome.peek()) soon(); // a model went or came back: the answer is another one now
  });

  effect(() => {
    if (apiKey.wanted.value === null && locked) soon();
  });

  function rebuild(models: Models) {
    const first = current === null;
    const before = values.peek();
    const kept = keptValues(models.features, before).size;
    current = models;
    batch(() => {
      values.value = carryOver(models.features, before);
      refused.value = new Map();
      origin.value = null;
      if (!first) rebuilt.value = { created: models.created, kept, of: before.size };
      if (kept === 0) untouched.value = true;
      const shown = outcome.peek();
      if (shown?.kind === "answer" && shown.answer.release === models.release) return;
      outcome.value = null;
      if (kept > 0) soon();
    });
  }

  function change(changed: Values, from: Origin | null) {
    batch(() => {
      values.value = new Map([...values.peek(), ...changed]);
      refused.value = new Map([...refused.peek()].filter(([name]) => !changed.has(name)));
      origin.value = from;
      if (!untouched.peek()) rebuilt.value = null; // the first example follows by itself
      untouched.value = false;
    });
  }

  function soon() {
    clearTimeout(pause);
    asking.value = true;
    pause = setTimeout(() => void ask(), pause_ms);
  }

  async function ask() {
    clearTimeout(pause);
    latest?.abort(); // a later question makes the earlier one's answer stale
    const mine = new AbortController();
    const asked = instance.peek();
    latest = mine;
    locked = false;
    asking.value = asked !== null;
    if (!asked) return;
    const result = await client.predict(asked, mine.signal);
    if (latest !== mine) return;
    asking.value = false;
    if (result.ok) {
      batch(() => {
        refused.value = new Map();
        outcome.value = { kind: "answer", answer: result.value, text: result.text, instance: asked };
      });
      await watch.seen(result.value);
      if (latest === mine && lacking(result.value) && repeated !== asked) {
        repeated = asked;
        pause = setTimeout(() => void ask(), again_ms);
      }
    } else if (isProblem(result.failure, 422)) {
      refuse(result.failure.problem);
      await watch.check(); // the refusal may come from a newer release with other features
    } else if (isProblem(result.failure, 401)) {
      locked = true; // the page asks for a key, and keeps what was entered
    } else {
      outcome.value = { kind: "failure", failure: result.failure };
      await watch.check();
    }
  }

  /** Whether a model gave no answer that is well, and may do better in a moment. */
  function lacking({ models }: Prediction): boolean {
    const health = watch.readiness.peek()?.models ?? {};
    return Object.entries(models).some(([name, { status }]) => status !== "ok" && health[name] === "ready");
  }

  async function follow() {
    if (following) return;
    following = true;
    let asked: Values;
    do {
      asked = values.peek();
      await Promise.all([ask(), new Promise((rested) => setTimeout(rested, move_pause_ms))]);
    } while (asked !== values.peek());
    following = false;
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
      refused.value = byField;
      outcome.value = {
        kind: "refused",
        general: byField.size || general.length ? general : [problem.detail],
      };
    });
  }

  return {
    values,
    instance,
    origin,
    errors,
    outcome,
    asking,
    rebuilt,
    untouched,
    enter(feature, text) {
      change(new Map([[feature, text]]), null);
      soon();
    },
    load(loaded, from) {
      change(loaded, from ?? null);
      void ask();
    },
    move(moved) {
      change(moved, null);
      asking.value = true;
      void follow();
    },
    ask,
  };
}
