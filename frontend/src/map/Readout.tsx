import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Models } from "../api/schema";
import type { DecisionMap } from "../state/decisionMap";
import type { Question } from "../state/question";
import type { View } from "../state/view";
import { hereWords, mapWords } from "./words";

interface Props {
  models: Models;
  view: View;
  question: Question;
  decisionMap: DecisionMap;
}

/** Said when the point has rested this long. */
const rest_ms = 600;

/** What the layer says here, and all over the map. */
export function Readout({ models, view, question, decisionMap }: Props) {
  const layer = view.layer.value;
  const grid = decisionMap.grid.value;
  const outcome = question.outcome.value;
  const here = question.instance.value && outcome?.kind === "answer" ? hereWords(layer, outcome.answer) : "";
  const said = useRested(`${here} ${grid ? mapWords(layer, grid, models) : ""}`.trim());
  return (
    <p class="readout" role="status">
      {said}
    </p>
  );
}

function useRested(text: string): string {
  const rested = useSignal("");
  useEffect(() => {
    const timer = setTimeout(() => {
      rested.value = text;
    }, rest_ms);
    return () => clearTimeout(timer);
  }, [rested, text]);
  return rested.value;
}
