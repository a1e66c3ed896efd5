/** What the models answer all over the view's plane, the form's other values held: one question for each plane. */
import {
  batch,
  computed,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
  untracked,
} from "@preact/signals";
import type { Client } from "../api/client";
import { type Failure, isProblem } from "../api/failure";
import type { Instance, Models } from "../api/schema";
import { readInstance } from "../form/values";
import { cellInstances, type Grid, gridOf } from "../map/grid";
import { type Plane, planeOf } from "../map/plane";
import type { Question } from "./question";
import type { View } from "./view";
import type { Watch } from "./watch";

/** The map follows the other values, this long after their last change. */
export const map_pause_ms = 120;

export interface DecisionMap {
  plane: ReadonlySignal<Plane | null>;
  /** The last map of this plane that came; it stays while the next is on its way. */
  grid: ReadonlySignal<Grid | null>;
  /** What is shown is not, or not yet, the map of what stands in the form. */
  stale: ReadonlySignal<boolean>;
  failure: ReadonlySignal<Failure | null>;
  /** Whether anybody can see it: one that is out of sight is not asked for. */
  inView: Signal<boolean>;
  again(): void;
}

export function createDecisionMap(client: Client, watch: Watch, question: Question, view: View): DecisionMap {
  const grid = signal<Grid | null>(null);
  const failure = signal<Failure | null>(null);
  const stale = signal(false);
  const inView = signal(false);
  const tries = signal(0);
  const plane = computed(() => {
    const models = watch.models.value;
    return models && planeOf(models, view.x.value, view.y.value);
  });
  /** What is held, as text: equal for values that make no other map. Null while a held field is not filled in. */
  const held = computed(() => {
    const off = (watch.models.value?.features ?? []).filter(
      ({ name }) => name !== view.x.value && name !== view.y.value,
    );
    const { instance, errors } = readInstance(off, question.values.value);
    return errors.size ? null : JSON.stringify(instance);
  });
  const members = computed(() => JSON.stringify(watch.readiness.value?.models));
  const wanted = computed(() => inView.value && view.layer.value !== "none");
  let shown: Plane | null = null;
  let asked = "";
  let latest: AbortController | null = null;
  let pause: ReturnType<typeof setTimeout> | undefined;

  effect(() => {
    const models = watch.models.value;
    const on = plane.value;
    const others = held.value;
    const who = members.value;
    const key = JSON.stringify([models?.release, on, others, who, tries.value]);
    if (!wanted.value) return forgo();
    if (key === asked) return;
    untracked(() => renew(key, models, on, others));
  });

  /** What was about to be asked is not needed now. */
  function forgo() {
    if (pause === undefined) return;
    clearTimeout(pause);
    pause = undefined;
    asked = "";
  }

  function renew(key: string, models: Models | null, on: Plane | null, others: string | null) {
    asked = key;
    clearTimeout(pause);
    pause = undefined;
    latest?.abort();
    latest = null;
    batch(() => {
      if (on !== shown) grid.value = null;
      shown = on;
      stale.value = true;
      failure.value = null;
    });
    if (!models || !on || others === null) return;
    pause = setTimeout(() => void ask(models, on, JSON.parse(others)), map_pause_ms);
  }

  async function ask(models: Models, on: Plane, others: Instance) {
    const mine = new AbortController();
    latest = mine;
    pause = undefined;
    const result = await client.batch(cellInstances(on, others), mine.signal);
    if (latest !== mine) return;
    if (!result.ok && isProblem(result.failure, 401)) {
      asked = ""; // the page asks for a key, and then this is seen again
      return;
    }
    if (result.ok && result.value.release !== models.release) return void watch.check(); // which renews this
    batch(() => {
      grid.value = result.ok ? gridOf(models, result.value.predictions) : null;
      failure.value = result.ok ? null : result.failure;
      stale.value = false;
    });
  }

  return {
    plane,
    grid,
    stale,
    failure,
    inView,
    again() {
      tries.value += 1;
    },
  };
}
