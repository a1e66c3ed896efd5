/** The sample of the release's table: asked for once a release. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Client } from "../api/client";
import type { Dataset } from "../api/schema";
import type { Watch } from "./watch";

/** `"loading"`, or null where there is none: it was published without one, or could not be had. */
export type Sample = ReadonlySignal<Dataset | "loading" | null>;

export function createSample(client: Client, watch: Watch): Sample {
  const sample = signal<Dataset | "loading" | null>("loading");
  let release: string | undefined;

  effect(() => {
    const wanted = watch.models.value?.release;
    if (wanted === undefined || wanted === release) return;
    release = wanted;
    sample.value = "loading";
    void client.dataset().then((result) => {
      if (release === wanted)
        sample.value = result.ok && result.value.release === wanted ? result.value : null;
    });
  });
  return sample;
}
