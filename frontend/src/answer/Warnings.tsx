import { sentence } from "../api/failure";
import type { Warning } from "../api/schema";
import { number } from "../numbers";
import { Icon } from "../page/Icon";

/** Inputs that no training row came near. */
export function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  if (!warnings.length) return null;
  return (
    <ul class="warnings" aria-label="Warnings">
      {warnings.map((warning) => (
        <li key={warning.feature}>
          <Icon name="warning" /> <span>{warningWords(warning)}</span>
        </li>
      ))}
    </ul>
  );
}

export function warningWords({ type, feature, value, min, max, message }: Warning): string {
  if (type === "out_of_range" && typeof value === "number" && min != null && max != null) {
    return `${feature} ${number(value)} is outside the training range ${number(min)}–${number(max)}.`;
  }
  return sentence(message);
}
