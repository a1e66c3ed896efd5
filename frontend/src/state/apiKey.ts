/** The API key, where the API wants one: kept for as long as the tab lives, and forgotten when it is refused. */
import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { type Storing, unlessDenied } from "./storage";

const place = "api-key";

export interface ApiKey {
  /** What goes with every call that may need one. */
  value: ReadonlySignal<string | null>;
  /** Whether the page has to ask for a key: none was sent, or the one that was sent was refused. */
  wanted: ReadonlySignal<"missing" | "refused" | null>;
  /** Use this key from now on. */
  keep(key: string): void;
  forget(): void;
  /** The API took what was sent. */
  accepted(): void;
  /** The API refused what was sent, which may by now be another key than ours. */
  refused(sent: string | null): void;
}

/** `storage` is asked for each time: a browser may deny it, and then the key lives as long as the page. */
export function createApiKey(storage: Storing): ApiKey {
  const value = signal(unlessDenied(() => storage().getItem(place)));
  const wanted = signal<"missing" | "refused" | null>(null);

  function drop(why: "missing" | "refused") {
    unlessDenied(() => storage().removeItem(place));
    batch(() => {
      value.value = null;
      wanted.value = why;
    });
  }

  return {
    value,
    wanted,
    keep(key) {
      unlessDenied(() => storage().setItem(place, key));
      value.value = key;
    },
    forget: () => drop("missing"),
    accepted() {
      wanted.value = null;
    },
    refused(sent) {
      if (sent === value.peek()) drop(sent === null ? "missing" : "refused");
    },
  };
}
