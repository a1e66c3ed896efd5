import type { Watch } from "../state/watch";
import { counted, list } from "../words";
import { Icon } from "./Icon";

/** Which models answer now, as of the last look. */
export function Health({ watch }: { watch: Watch }) {
  const readiness = watch.readiness.value;
  if (!readiness) {
    return (
      <p class="health bad" role="status">
        <Icon name="cross" />{" "}
        {watch.failure.value ? "The server does not answer" : "Asking for the models’ health"}
      </p>
    );
  }
  const members = Object.entries(readiness.models ?? {});
  const missing = members.filter(([, state]) => state !== "ready").map(([name]) => name);
  return (
    <p class={missing.length ? "health warn" : "health"} role="status">
      <Icon name={missing.length ? "warning" : "check"} />{" "}
      {missing.length
        ? `${list(missing)} ${missing.length === 1 ? "is" : "are"} unavailable`
        : `${counted(members.length, "model")} ready`}
    </p>
  );
}
