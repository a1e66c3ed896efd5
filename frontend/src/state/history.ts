/** The last questions and their answers, kept by the browser, and one of them to compare with. */
import { batch, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Instance, Prediction } from "../api/schema";
import type { Question } from "./question";
import { rested } from "./rested";
import { type Storing, unlessDenied } from "./storage";

const place = "history";
const most = 20;
/** An answer is remembered once it has stood for this long: what one drags through is no question. */
export const settled_ms = 1_000;

export interface Asked {
  /** ISO 8601. */
  at: string;
  instance: Instance;
  answer: Pick<Prediction, "prediction" | "probabilities" | "agreement" | "models" | "release">;
}

export interface History {
  /** The newest first. */
  list: ReadonlySignal<readonly Asked[]>;
  baseline: ReadonlySignal<Asked | null>;
  pin(asked: Asked | null): void;
  clear(): void;
  /** Another tab may have changed what the browser keeps. */
  reread(): void;
}

/** `storage` is asked for each time: a browser may deny it, and then the history lives as long as the page. */
export function createHistory(
  storage: Storing,
  question: Question,
  now: () => Date = () => new Date(),
): History {
  const kept = read(storage);
  const list = signal<readonly Asked[]>(kept.list);
  const baseline = signal<Asked | null>(kept.baseline);
  const settled = rested(question.outcome, settled_ms);

  effect(() => {
    if (settled.value?.kind !== "answer") return;
    const { instance, answer } = settled.value;
    remember({ at: now().toISOString(), instance, answer: summary(answer) });
  });

  function remember(asked: Asked) {
    const others = list.peek().filter(({ instance }) => !same(instance, asked.instance));
    keep([asked, ...others].slice(0, most), baseline.peek());
  }

  function keep(questions: readonly Asked[], pinned: Asked | null) {
    batch(() => {
      list.value = questions;
      baseline.value = pinned;
    });
    unlessDenied(() => storage().setItem(place, JSON.stringify({ list: questions, baseline: pinned })));
  }

  return {
    list,
    baseline,
    pin: (asked) => keep(list.peek(), asked),
    clear() {
      batch(() => {
        list.value = [];
        baseline.value = null;
      });
      unlessDenied(() => storage().removeItem(place));
    },
    reread() {
      const now = read(storage);
      batch(() => {
        list.value = now.list;
        baseline.value = now.baseline;
      });
    },
  };
}

export const same = (one: Instance, other: Instance) => JSON.stringify(one) === JSON.stringify(other);

const summary = ({ prediction, probabilities, agreement, models, release }: Prediction) => ({
  prediction,
  probabilities,
  agreement,
  models,
  release,
});

function read(storage: Storing): { list: Asked[]; baseline: Asked | null } {
  const none = { list: [], baseline: null };
  const held: unknown = unlessDenied(() => JSON.parse(storage().getItem(place) ?? "null"));
  if (typeof held !== "object" || held === null) return none;
  const { list, baseline } = held as { list?: unknown; baseline?: unknown };
  return {
    list: Array.isArray(list) ? list.filter(isAsked).slice(0, most) : [],
    baseline: isAsked(baseline) ? baseline : null,
  };
}

/** What another version of the page has kept is not ours to read. */
function isAsked(value: unknown): value is Asked {
  if (!isRecord(value) || !isRecord(value.answer)) return false;
  const { prediction, probabilities, agreement, models, release } = value.answer;
  return (
    typeof value.at === "string" &&
    !Number.isNaN(Date.parse(value.at)) &&
    isRecord(value.instance) &&
    Object.values(value.instance).every((each) => each === null || typeof each !== "object") &&
    typeof prediction === "string" &&
    typeof release === "string" &&
    isRecord(probabilities) &&
    Object.values(probabilities).every((each) => typeof each === "number") &&
    isRecord(agreement) &&
    isRecord(models) &&
    Object.values(models).every((each) => isRecord(each) && typeof each.status === "string")
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
