import { failureWords } from "../api/failure";
import { Notice } from "../page/Notice";
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
        <Notice kind="warn">
          There is no map now. {words.title}: {words.detail}{" "}
          <button type="button" class="link" onClick={decisionMap.again}>
            Try again
          </button>
        </Notice>
      )}
      {silence && <Notice kind="warn">{silence}</Notice>}
    </div>
  );
}
