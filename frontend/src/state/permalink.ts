/** The state of the page in its address, after the `#`: `#feature.stem_length=1.5&map=vote`. */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { keptValues, type Values } from "../form/values";
import type { Question } from "./question";
import { rested } from "./rested";
import type { Watch } from "./watch";

/** Browsers allow but a few hundred changes of the address a minute: none while the input moves. */
export const rest_ms = 300;

const feature = "feature.";

/** A choice that the address keeps; `choose` overlooks what there is not. */
export interface Choice {
  chosen: ReadonlySignal<string | null>;
  choose(name: string): void;
}

type Place = Pick<Window, "location" | "history" | "addEventListener">;

/** How many of an address's values the release takes, where that is not all. */
export type Misfit = { kept: number; of: number } | null;

/**
 * Restores what the address holds, as soon as there is a release, and whenever somebody changes it; then keeps it.
 * Gives what did not fit, until the input changes.
 */
export function keepPermalink(
  place: Place,
  watch: Watch,
  question: Question,
  choices: Readonly<Record<string, Choice>>,
): ReadonlySignal<Misfit> {
  const misfit = signal<Misfit>(null);
  const hash = rested(
    computed(() =>
      hashOf(
        question.values.value,
        Object.entries(choices).map(([name, { chosen }]) => [name, chosen.value]),
      ),
    ),
    rest_ms,
  );
  let restored = false;

  function restore() {
    const models = watch.models.peek();
    const held = new URLSearchParams(place.location.hash.slice(1));
    const wanted = valuesIn(held);
    const values = keptValues(models?.features ?? [], wanted);
    for (const [name, { choose }] of Object.entries(choices)) {
      const chosen = held.get(name);
      if (chosen) choose(chosen);
    }
    if (values.size) question.load(values);
    misfit.value = values.size < wanted.size ? { kept: values.size, of: wanted.size } : null;
  }

  effect(() => {
    if (restored || !watch.models.value) return;
    restored = true;
    restore();
  });

  effect(() => {
    if (question.values.value && question.outcome.peek()) misfit.value = null; // changed after its answer came
  });

  effect(() => {
    const now = hash.value;
    if (now === undefined || !restored || question.untouched.peek()) return; // nobody chose it
    if (now !== place.location.hash) place.history.replaceState(null, "", now);
  });

  place.addEventListener("hashchange", restore);
  return misfit;
}

function valuesIn(held: URLSearchParams): Values {
  const named = [...held].filter(([name]) => name.startsWith(feature));
  return new Map(named.map(([name, text]) => [name.slice(feature.length), text]));
}

function hashOf(values: Values, chosen: readonly (readonly [name: string, value: string | null])[]): string {
  const held = new URLSearchParams();
  for (const [name, text] of values) held.append(feature + name, text);
  for (const [name, choice] of chosen) if (choice !== null) held.append(name, choice);
  return `#${held}`;
}
