/** The sample of the release's table: asked for once a release, and again where it could not be had. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Client } from "../api/client";
import { isProblem } from "../api/failure";
import type { Dataset } from "../api/schema";
import type { Watch } from "./watch";

/** `"loading"`, or null where there is none: it was published without one, or could not be had. */
export type Sample = ReadonlySignal<Dataset | "loading" | null>;

/** After this long. */
export const retry_ms = 5_000;

export function createSample(client: Client, watch: Watch): Sample {
  const sample = signal<Dataset | "loading" | null>("loading");
  let release: string | undefined;

  effect(() => {
    const models = watch.models.value;
    if (!models || models.release === release) return;
    release = models.release;
    sample.value = models.sample ? "loading" : null;
    if (models.sample) void ask(models.release);
  });

  async function ask(wanted: string) {
    const result = await client.dataset();
    if (release !== wanted) return;
    sample.value = result.ok && result.value.release === wanted ? result.value : null;
    if (result.ok || isProblem(result.failure, 404)) return;
    if (isProblem(result.failure, 401))
      release = undefined; // the models are loaded anew with another key
    else setTimeout(() => release === wanted && void ask(wanted), retry_ms);
  }
  return sample;
}
