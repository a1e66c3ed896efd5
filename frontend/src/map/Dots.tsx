import type { Dataset } from "../api/schema";
import { markPath, toneOf } from "../marks";
import type { Layer } from "../state/view";
import type { Plane } from "./plane";
import type { Scales } from "./scales";

interface Props {
  sample: Dataset;
  classes: readonly string[];
  plane: Plane;
  scales: Scales;
  layer: Layer;
}

/** The sample's rows; those that the layer's model got wrong out of fold have a ring. */
export function Dots({ sample, classes, plane, scales, layer }: Props) {
  const predictions = layer.startsWith("model:") ? sample.predictions[layer.slice("model:".length)] : null;
  const places = sample.rows.map((row) => {
    const x = row[sample.features.indexOf(plane.x.feature.name)];
    const y = row[sample.features.indexOf(plane.y.feature.name)];
    return typeof x === "number" && typeof y === "number"
      ? ([scales.x.at(x), scales.y.at(y)] as const)
      : null;
  });
  const radius = places.length > 400 || scales.width < 400 ? 3.25 : 4.25;
  const rings = places.map((place, row) =>
    place && predictions && predictions[row] !== sample.labels[row] ? markPath(0, radius + 3, ...place) : "",
  );
  return (
    <g class="dots">
      {places.map((place, row) => {
        const index = classes.indexOf(sample.labels[row] ?? "");
        return place && <path key={row} class={toneOf(index)} d={markPath(index, radius, ...place)} />;
      })}
      <path class="rings" d={rings.join("")} />
    </g>
  );
}
