/** Which release is being served, and by whom: asked at the start, every second, and when an answer differs. */
import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Client } from "../api/client";
import type { Failure } from "../api/failure";
import type { Models, Prediction, Readiness } from "../api/schema";
import type { ApiKey } from "./apiKey";

export interface Watch {
  /** The release that the form is built from, as it was when last a model went or came back; null until there is one. */
  models: ReadonlySignal<Models | null>;
  /** The last health answer; null when the last one failed. */
  readiness: ReadonlySignal<Readiness | null>;
  /** Why the last look failed, if it did. */
  failure: ReadonlySignal<Failure | null>;
  /** Look again. Never twice at a time. */
  check(): Promise<void>;
  /** Load the models, with a key that was just entered; why that failed, if it did. */
  load(): Promise<Failure | null>;
  /** An answer came: reload the models if its release is not ours, and look again if it contradicts the health. */
  seen(answer: Pick<Prediction, "release" | "models">): Promise<void>;
}

export function createWatch(client: Client, apiKey: ApiKey): Watch {
  const models = signal<Models | null>(null);
  const readiness = signal<Readiness | null>(null);
  const failure = signal<Failure | null>(null);
  let checking: Promise<void> | null = null;
  let loads = 0;
  let loaded = 0;

  async function look() {
    const needless = models.peek() || apiKey.wanted.peek();
    const [health, first] = await Promise.all([client.readiness(), needless ? null : client.models()]);
    batch(() => {
      readiness.value = health.ok ? health.value : null;
      failure.value = first && !first.ok ? first.failure : health.ok ? null : health.failure;
      if (first?.ok) models.value = first.value;
    });
    const known = models.peek();
    if (health.ok && known && outdated(known, health.value) && !apiKey.wanted.peek()) await load();
  }

  async function seen(answer: Pick<Prediction, "release" | "models">) {
    await follow(answer.release);
    const known = readiness.peek()?.models;
    const answered = Object.entries(answer.models);
    if (!known || answered.some(([name, { status }]) => (status === "ok") !== (known[name] === "ready"))) {
      await check();
    }
  }

  async function follow(release: string) {
    if (models.peek() && models.peek()?.release !== release && !apiKey.wanted.peek()) await load();
  }

  async function load() {
    loads += 1;
    const mine = loads;
    const latest = await client.models();
    if (latest.ok && mine > loaded) {
      loaded = mine; // what was asked for earlier and comes later is of a release before
      models.value = latest.value;
    }
    return latest.ok ? null : latest.failure;
  }

  function check() {
    checking ??= look().finally(() => {
      checking = null;
    });
    return checking;
  }

  return { models, readiness, failure, check, load, seen };
}

/** Whether another release is served, or a model went or came back: the models have more to tell then. */
function outdated({ release, models }: Models, health: Readiness): boolean {
  if (health.release && health.release !== release) return true;
  return models.some(({ name, status }) => (health.models?.[name] ?? status) !== status);
}
