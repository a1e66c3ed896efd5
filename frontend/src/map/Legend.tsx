import type { Dataset, Models } from "../api/schema";
import { Name } from "../page/Name";
import type { DecisionMap } from "../state/decisionMap";
import type { View } from "../state/view";
import { counted } from "../words";
import { ClassMark } from "./ClassMark";
import { answersOf, disagreementStrength, hatchGap } from "./paint";
import { type Plane, unplaced } from "./plane";

/** More of them stand in columns below the plot. */
const classes_beside = 10;

interface Props {
  models: Models;
  view: View;
  decisionMap: DecisionMap;
  plane: Plane;
  sample: Dataset | null;
}

/** What the shapes, the tones and the hatching mean. */
export function Legend({ models, view, decisionMap, plane, sample }: Props) {
  const layer = view.layer.value;
  const grid = decisionMap.grid.value;
  const most = Math.max(0, ...(grid?.different ?? []));
  const different = Array.from({ length: Math.max(0, most - 1) }, (_, index) => index + 2);
  const mapped = grid && answersOf(grid, layer)?.classes.some((index) => index >= 0);
  const hidden = sample ? unplaced(plane, sample) : 0;
  return (
    <div class={models.classes.length > classes_beside ? "legend many" : "legend"}>
      <ul aria-label="Classes">
        {models.classes.map((name, index) => (
          <li key={name}>
            <ClassMark index={index} />
            <span>
              <Name>{name}</Name>
            </span>
          </li>
        ))}
      </ul>
      <ul aria-label="Signs">
        {mapped && <li class="muted">The stronger the tone, the surer the answer.</li>}
        {layer === "disagreement" &&
          different.map((count) => (
            <li key={count}>
              <Hatch different={count} />
              <span>{count} different answers</span>
            </li>
          ))}
        {sample && layer.startsWith("model:") && (
          <li>
            <svg class="ring" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">
              <circle r="6.5" />
            </svg>
            <span>row that this model got wrong out of fold</span>
          </li>
        )}
        {hidden > 0 && <li class="muted">{counted(hidden, "row")} without both values cannot be shown.</li>}
      </ul>
    </div>
  );
}

function Hatch({ different }: { different: number }) {
  const gap = hatchGap(different);
  const lines = Array.from({ length: Math.ceil(40 / gap) }, (_, index) => `M${index * gap - 16},16l16,-16`);
  return (
    <svg class="hatch" viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">
      <rect width="24" height="16" opacity={disagreementStrength(different)} />
      <path d={lines.join("")} />
    </svg>
  );
}
