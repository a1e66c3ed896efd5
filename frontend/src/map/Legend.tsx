import type { Models } from "../api/schema";
import { Name } from "../page/Name";
import type { DecisionMap } from "../state/decisionMap";
import type { View } from "../state/view";
import { ClassMark } from "./ClassMark";
import { disagreementStrength, hatchGap } from "./paint";

interface Props {
  models: Models;
  view: View;
  decisionMap: DecisionMap;
  /** Whether there are rows to explain. */
  rows: boolean;
}

/** What the shapes, the tones and the hatching mean. */
export function Legend({ models, view, decisionMap, rows }: Props) {
  const layer = view.layer.value;
  const most = Math.max(0, ...(decisionMap.grid.value?.different ?? []));
  const different = Array.from({ length: Math.max(0, most - 1) }, (_, index) => index + 2);
  const mapped = layer !== "none" && layer !== "disagreement";
  return (
    <div class="legend">
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
        {rows && layer.startsWith("model:") && (
          <li>
            <svg class="ring" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">
              <circle r="6.5" />
            </svg>
            <span>row that this model got wrong out of fold</span>
          </li>
        )}
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
