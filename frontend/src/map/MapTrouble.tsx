import { failureWords } from "../api/failure";
import { Icon } from "../page/Icon";
import type { DecisionMap } from "../state/decisionMap";
import type { View } from "../state/view";
import { silenceWords } from "./words";

/** Why there is no map, or only a part of it. */
export function MapTrouble({ view, decisionMap }: { view: View; decisionMap: DecisionMap }) {
  const layer = view.layer.value;
  const failure = layer === "none" ? null : decisionMap.failure.value;
  const grid = decisionMap.grid.value;
  const silence = grid && silenceWords(layer, grid);
  const words = failure && failureWords(failure);
  return (
    <div role="status">
      {words && (
        <p class="notice warn">
          <Icon name="warning" />
          <span>
            There is no map now. {words.title}: {words.detail}{" "}
            <button type="button" class="link" onClick={decisionMap.again}>
              Try again
            </button>
          </span>
        </p>
      )}
      {silence && (
        <p class="notice warn">
          <Icon name="warning" />
          <span>{silence}</span>
        </p>
      )}
    </div>
  );
}
