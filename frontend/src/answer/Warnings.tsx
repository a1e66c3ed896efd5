import type { Feature, Warning } from "../api/schema";
import { measured, number } from "../numbers";
import { Icon } from "../page/Icon";

/** Inputs that no training row came near. */
export function Warnings({
  warnings,
  features,
}: {
  warnings: readonly Warning[];
  features: readonly Feature[];
}) {
  if (!warnings.length) return null;
  return (
    <ul class="warnings" aria-label="Warnings">
      {warnings.map((warning) => (
        <li key={warning.feature}>
          <Icon name="warning" /> <span>{warningWords(warning, features)}</span>
        </li>
      ))}
    </ul>
  );
}

/** "stem_width 7 cm is outside the training range, 0.1 to 2.5 cm." */
export function warningWords(warning: Warning, features: readonly Feature[]): string {
  const { type, feature, value, min, max, message } = warning;
  if (type === "out_of_range" && typeof value === "number" && min != null && max != null) {
    const unit = features.find(({ name }) => name === feature)?.unit;
    const trained = measured(`${number(min)} to ${number(max)}`, unit);
    return `${feature} ${measured(number(value), unit)} is outside the training range, ${trained}.`;
  }
  return `${message}.`; // it begins with the feature, which keeps its case
}
