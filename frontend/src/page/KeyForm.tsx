import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Failure, failureWords, isProblem } from "../api/failure";
import type { ApiKey } from "../state/apiKey";
import type { Watch } from "../state/watch";
import { Icon } from "./Icon";

const sendable = /^[ -~]+$/;

/** The API wants a key. The form stays until the API has taken one. */
export function KeyForm({ apiKey, watch }: { apiKey: ApiKey; watch: Watch }) {
  const input = useRef<HTMLInputElement>(null);
  const failure = useSignal<Failure | null>(null);
  const trying = useSignal(false);
  const error = trying.value ? null : errorWords(apiKey.wanted.value === "refused", failure.value);

  useEffect(() => {
    if (!trying.value) input.current?.focus();
  }, [trying.value]);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const key = input.current?.value.trim();
    if (!key || trying.peek()) return;
    apiKey.keep(key);
    failure.value = null;
    if (!sendable.test(key)) return apiKey.refused(key); // no header could carry it
    trying.value = true;
    failure.value = await watch.load();
    trying.value = false;
  }

  return (
    <form class="panel key" noValidate aria-labelledby="key" onSubmit={submit}>
      <h2 id="key">This API wants a key</h2>
      <p class="muted">
        Whoever runs this server gives them out. The page forgets yours when its tab is closed.
      </p>
      <div class={error ? "field invalid" : "field"}>
        <label for="api-key">API key</label>
        <span class="number">
          <input
            ref={input}
            id="api-key"
            type="password"
            autocomplete="off"
            aria-describedby="api-key-hint"
            aria-invalid={error !== null}
          />
        </span>
        <p id="api-key-hint" class="remark" role="alert">
          {error && (
            <>
              <Icon name="cross" /> {error}
            </>
          )}
        </p>
      </div>
      <div class="ask">
        <button type="submit">Use this key</button>
      </div>
    </form>
  );
}

function errorWords(refused: boolean, failure: Failure | null): string | null {
  if (failure && !isProblem(failure, 401)) return failureWords(failure).title;
  return refused ? "This key is not accepted. Check that it is whole, or ask for another." : null;
}
