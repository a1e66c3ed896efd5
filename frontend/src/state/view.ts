/** What the map shows: two number features as its axes, and whose answers lie behind the points. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { mostApart } from "../map/apart";
import type { Sample } from "./sample";
import type { Watch } from "./watch";

export type Layer = "none" | "vote" | "disagreement" | `model:${string}`;

export interface View {
  /** The feature across; null while nothing can be shown, or where there are no two number features. */
  x: ReadonlySignal<string | null>;
  /** The feature upward, never the same. */
  y: ReadonlySignal<string | null>;
  layer: ReadonlySignal<Layer>;
  /** What can be chosen for the axes. */
  numbers: ReadonlySignal<readonly string[]>;
  layers: ReadonlySignal<readonly Layer[]>;
  /** A name that the release does not have falls back to what the view begins with. The other axis makes room. */
  setX(name: string): void;
  setY(name: string): void;
  setLayer(layer: string): void;
}

export function createView(watch: Watch, sample: Sample): View {
  const wanted_x = signal<string | null>(null);
  const wanted_y = signal<string | null>(null);
  const wanted_layer = signal("vote");

  const numbers = computed(() =>
    (watch.models.value?.features ?? []).filter(({ kind }) => kind === "number").map(({ name }) => name),
  );
  const best = computed(() => {
    const models = watch.models.value;
    const rows = sample.value;
    return models && rows !== "loading" ? mostApart(models, rows) : [];
  });
  const axes = computed(() => {
    const [first, second] = best.value;
    if (first === undefined || second === undefined) return { x: null, y: null };
    const known = (name: string | null) => (name !== null && numbers.value.includes(name) ? name : null);
    const x = known(wanted_x.value);
    const y = known(wanted_y.value);
    const across = x ?? (y === first ? second : first);
    return { x: across, y: y !== null && y !== across ? y : across === second ? first : second };
  });
  const layers = computed<readonly Layer[]>(() => [
    "none",
    "vote",
    ...(watch.models.value?.models ?? []).map(({ name }) => `model:${name}` as const),
    "disagreement",
  ]);
  const x = computed(() => axes.value.x);
  const y = computed(() => axes.value.y);

  function setAxes(across: string | null, up: string | null) {
    batch(() => {
      wanted_x.value = across;
      wanted_y.value = up;
    });
  }

  return {
    x,
    y,
    layer: computed(() => layers.value.find((layer) => layer === wanted_layer.value) ?? "vote"),
    numbers,
    layers,
    setX: (name) => setAxes(name, name === y.peek() ? x.peek() : (wanted_y.peek() ?? y.peek())),
    setY: (name) => setAxes(name === x.peek() ? y.peek() : (wanted_x.peek() ?? x.peek()), name),
    setLayer(layer) {
      wanted_layer.value = layer;
    },
  };
}
