import type { Models, Readiness } from "../api/schema";
import type { Watch } from "../state/watch";
import { counted, list } from "../words";
import { Icon } from "./Icon";
import { Name } from "./Name";
import { shortVersion } from "./Version";

/** Which models answer now, as of the last look, and in which version. */
export function Health({ watch, models }: { watch: Watch; models: Models }) {
  const readiness = watch.readiness.value;
  return (
    <div class="health">
      <Summary readiness={readiness} failed={watch.failure.value !== null} />
      <ul class="states" aria-label="Health of each model">
        {models.models.map((card) => (
          <State
            key={card.name}
            name={card.name}
            version={card.version}
            state={readiness ? (readiness.models?.[card.name] ?? card.status) : "unknown"}
          />
        ))}
      </ul>
    </div>
  );
}

function Summary({ readiness, failed }: { readiness: Readiness | null; failed: boolean }) {
  const states = Object.entries(readiness?.models ?? {});
  const missing = states.filter(([, state]) => state !== "ready").map(([name]) => name);
  if (!readiness) {
    return (
      <p class="bad" role="status">
        <Icon name="cross" /> {failed ? "The server does not answer" : "Asking for the models’ health"}
      </p>
    );
  }
  return (
    <p class={missing.length ? "warn" : "good"} role="status">
      <Icon name={missing.length ? "warning" : "check"} />{" "}
      {missing.length
        ? `${list(missing)} ${missing.length === 1 ? "is" : "are"} unavailable`
        : `${counted(states.length, "model")} ready`}
    </p>
  );
}

interface StateProps {
  name: string;
  version: string | null | undefined;
  state: "ready" | "unavailable" | "unknown";
}

function State({ name, version, state }: StateProps) {
  return (
    <li class={{ ready: "good", unavailable: "warn", unknown: "muted" }[state]}>
      <Icon name={state === "ready" ? "check" : state === "unknown" ? "info" : "warning"} />
      <span>
        <Name>{name}</Name> <span class="unseen">{state}</span>
        {version && <code title={version}>{shortVersion(version)}</code>}
      </span>
    </li>
  );
}
