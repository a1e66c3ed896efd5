import type { Dataset, Models } from "../api/schema";
import { Section } from "../page/Section";
import type { DecisionMap } from "../state/decisionMap";
import type { Question } from "../state/question";
import type { Sample } from "../state/sample";
import type { View } from "../state/view";
import { Controls } from "./Controls";
import { Legend } from "./Legend";
import { MapTrouble } from "./MapTrouble";
import { MapVerdict } from "./MapVerdict";
import { Plot } from "./Plot";
import { placeOn } from "./plane";
import { Readout } from "./Readout";
import { SampleTable } from "./SampleTable";

interface Props {
  models: Models;
  sample: Sample;
  view: View;
  question: Question;
  decisionMap: DecisionMap;
}

/** The input among the training rows, and what the models say around it. */
export function MapSection({ models, sample, view, question, decisionMap }: Props) {
  const rows = sample.value;
  const loading = rows === "loading";
  const dataset = loading ? null : rows;
  return (
    <Section id="map" title="Where this input lies" intro={introOf(models, view)}>
      {!loading && !dataset && (
        <p class="muted">
          This release was published without a sample of its rows, or it could not be had, so none are shown.
        </p>
      )}
      {loading ? (
        <div class="map-waiting" aria-busy="true" />
      ) : (
        <Charts models={models} sample={dataset} view={view} question={question} decisionMap={decisionMap} />
      )}
      {dataset && <SampleTable sample={dataset} target={models.data.target} />}
    </Section>
  );
}

function introOf(models: Models, view: View): string {
  const numbers = view.numbers.value.length;
  if (numbers < 2)
    return `A map wants two number features, and this release has ${numbers === 0 ? "none" : "only one"}.`;
  const others = models.features.length - 2;
  const held =
    others > 0 ? ` with the other ${others > 1 ? `${others} values` : "value"} as in the form` : "";
  return `Drag the point, click, or move it with the arrow keys: the form and the answer follow. Behind it is what the models say at every place${held}.`;
}

function Charts({
  models,
  sample,
  view,
  question,
  decisionMap,
}: Omit<Props, "sample"> & { sample: Dataset | null }) {
  const plane = decisionMap.plane.value;
  if (!plane) return null;
  return (
    <div class="panel map-parts">
      <Controls models={models} view={view} />
      <Plot
        plane={plane}
        sample={sample}
        models={models}
        view={view}
        question={question}
        decisionMap={decisionMap}
      />
      <MapVerdict models={models} question={question} />
      <Legend models={models} view={view} decisionMap={decisionMap} plane={plane} sample={sample} />
      <div class="map-words">
        <Unplaced decisionMap={decisionMap} question={question} />
        <MapTrouble view={view} decisionMap={decisionMap} />
        <Readout models={models} view={view} question={question} decisionMap={decisionMap} />
      </div>
    </div>
  );
}

/** A point needs both numbers. */
function Unplaced({ decisionMap, question }: Pick<Props, "decisionMap" | "question">) {
  const plane = decisionMap.plane.value;
  const values = question.values.value;
  const missing = plane && [plane.x, plane.y].find((axis) => placeOn(axis, values) === null);
  return (
    missing && (
      <p class="muted">
        The input has no place here: {missing.feature.name} is not a number. Click to give it one.
      </p>
    )
  );
}
