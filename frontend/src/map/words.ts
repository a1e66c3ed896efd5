/** What a map says, in words. */
import { agreementWords } from "../answer/agreement";
import type { Models, Prediction } from "../api/schema";
import { roundPercent } from "../figures/shares";
import { probability } from "../numbers";
import type { Layer } from "../state/view";
import { counted, list } from "../words";
import { coverage, disagreement, type Grid } from "./grid";
import { answersOf } from "./paint";

export function layerName(layer: Layer): string {
  if (layer === "none") return "None";
  if (layer === "vote") return "Soft vote";
  if (layer === "disagreement") return "Disagreement";
  return layer.slice("model:".length);
}

/** "Here random_forest says virginica, probability 0.980." Nothing for a model that did not answer. */
export function hereWords(layer: Layer, answer: Prediction): string {
  if (layer === "none" || layer === "vote") return says("the soft vote", answer);
  if (layer === "disagreement") {
    const { badge, dissent } = agreementWords(answer);
    return `Here: ${dissent ? `${badge}; ${dissent}` : badge}.`;
  }
  const name = layerName(layer);
  const member = answer.models[name];
  return member?.status === "ok" ? says(name, member) : "";
}

const says = (who: string, said: { prediction?: string | null; probability?: number | null }) =>
  `Here ${who} says ${said.prediction}, probability ${probability(said.probability ?? 0)}.`;

/** "red covers 45 % of this map, green 30 % and blue 25 %. The models disagree on 12 % of it." */
export function mapWords(layer: Layer, grid: Grid, { classes }: Pick<Models, "classes">): string {
  const apart = grid.answered > 1 ? disagreement(grid) : null;
  const disagree =
    apart === null
      ? "Only one model answered, so there is nothing to compare."
      : apart === 0
        ? "The models agree on all of this map."
        : `The models disagree on ${roundPercent(apart)} of this map.`;
  if (layer === "none") return "";
  if (layer === "disagreement") return disagree;
  const answers = answersOf(grid, layer);
  const parts = answers ? coverage(answers, classes.length) : [];
  const most = parts
    .map((part, index) => ({ part, name: classes[index] ?? "" }))
    .filter(({ part }) => part > 0)
    .sort((one, other) => other.part - one.part);
  const [first, ...others] = most;
  if (!first) return "";
  if (first.part === 1) return `${first.name} covers all of this map. ${disagree}`;
  const shown = others.slice(0, 4).map(({ name, part }) => `${name} ${roundPercent(part)}`);
  const rest = others.length - shown.length;
  if (rest) shown.push(`${counted(rest, "other class", "other classes")} the rest`);
  return `${list([`${first.name} covers ${roundPercent(first.part)} of this map`, ...shown])}. ${disagree}`;
}

/** Why a layer, or a part of the soft vote, is missing; null when every model answered. */
export function silenceWords(layer: Layer, { silent, answered }: Grid): string | null {
  const name = layerName(layer);
  const why = layer.startsWith("model:") ? silent.get(name) : undefined;
  if (why) return `${name} ${why}. It has no map.`;
  if (!silent.size || layer.startsWith("model:") || layer === "none") return null;
  const who = [...silent].map(([each, happened]) => `${each} ${happened}`);
  return `${list(who)}. This map is drawn from the ${counted(answered, "model")} that answered.`;
}
