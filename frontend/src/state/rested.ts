import { effect, type ReadonlySignal, signal } from "@preact/signals";

/** What a signal holds, once it has held it for `rest_ms`; undefined before. */
export function rested<T>(source: ReadonlySignal<T>, rest_ms: number): ReadonlySignal<T | undefined> {
  const held = signal<T | undefined>(undefined);
  effect(() => {
    const value = source.value;
    const resting = setTimeout(() => {
      held.value = value;
    }, rest_ms);
    return () => clearTimeout(resting);
  });
  return held;
}
