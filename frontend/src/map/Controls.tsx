import type { Models } from "../api/schema";
import { Name } from "../page/Name";
import type { View } from "../state/view";
import { layerName } from "./words";

/** Which two features, and whose answers lie behind them. */
export function Controls({ models, view }: { models: Models; view: View }) {
  return (
    <div class="map-controls">
      <AxisChoice id="map-x" label="Across" view={view} chosen={view.x.value} choose={view.setX} />
      <AxisChoice id="map-y" label="Upward" view={view} chosen={view.y.value} choose={view.setY} />
      <fieldset class="layers">
        <legend>Map behind the rows</legend>
        {view.layers.value.map((layer) => (
          <label key={`${models.release}${layer}`}>
            <input
              type="radio"
              name="map-layer"
              checked={layer === view.layer.value}
              onChange={() => view.setLayer(layer)}
            />
            <span class="quiet">
              <Name>{layerName(layer)}</Name>
            </span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

interface Choice {
  id: string;
  label: string;
  view: View;
  chosen: string | null;
  choose(name: string): void;
}

function AxisChoice({ id, label, view, chosen, choose }: Choice) {
  return (
    <p class="axis-choice">
      <label for={id}>{label}</label>
      <select id={id} value={chosen ?? ""} onChange={(event) => choose(event.currentTarget.value)}>
        {view.numbers.value.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </p>
  );
}
