/** The plane of two number features that the plot shows, and the places on it. */
import { tickStep } from "d3-array";
import type { Dataset, Feature, Models } from "../api/schema";
import type { Values } from "../form/values";
import { decimals } from "../numbers";

export interface Axis {
  feature: Feature;
  /** The ends shown: the training range and a margin. */
  min: number;
  max: number;
}

export interface Plane {
  x: Axis;
  y: Axis;
}

const margin = 0.08;

/** Null where one of the names is no number feature of the release. */
export function planeOf({ features }: Pick<Models, "features">, x: string | null, y: string | null) {
  const across = features.find(({ name }) => name === x);
  const up = features.find(({ name }) => name === y);
  return across && up ? { x: axisOf(across), y: axisOf(up) } : null;
}

/** The ends do not follow the point: a map of the plane lasts while the point moves. */
export function axisOf(feature: Feature): Axis {
  const min = feature.min ?? 0;
  const max = feature.max ?? 1;
  const beyond = margin * (max - min || Math.abs(max) || 1);
  return { feature, min: min - beyond, max: max + beyond };
}

/** The number in the form, also where it is outside the axis; null where there is none. */
export function placeOn({ feature }: Axis, values: Values): number | null {
  const text = (values.get(feature.name) ?? "").trim();
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
}

/** How many of the rows lack one of the plane's two numbers, and have no place on it. */
export function unplaced({ x, y }: Plane, { features, rows }: Pick<Dataset, "features" | "rows">): number {
  const columns = [x, y].map(({ feature }) => features.indexOf(feature.name));
  return rows.filter((row) => columns.some((column) => typeof row[column] !== "number")).length;
}

/** What the form gets for a place on the plane; a place beyond it is brought to its border. */
export function placed(plane: Plane, x: number, y: number): Values {
  return new Map([
    [plane.x.feature.name, textOn(plane.x, x)],
    [plane.y.feature.name, textOn(plane.y, y)],
  ]);
}

const arrows: Record<string, readonly ["x" | "y", 1 | -1]> = {
  ArrowLeft: ["x", -1],
  ArrowRight: ["x", 1],
  ArrowDown: ["y", -1],
  ArrowUp: ["y", 1],
};

/** What an arrow key makes of the point: about a hundredth of the axis, a tenth in large steps; null for other keys. */
export function nudged(plane: Plane, values: Values, key: string, large: boolean): Values | null {
  const [side, direction] = arrows[key] ?? [];
  if (!side || !direction) return null;
  const axis = plane[side];
  const step = tickStep(axis.min, axis.max, large ? 10 : 100);
  const from = placeOn(axis, values) ?? (axis.min + axis.max) / 2;
  return new Map([[axis.feature.name, textOn(axis, from + direction * step)]]);
}

function textOn({ feature, min, max }: Axis, value: number): string {
  const inside = Math.min(max, Math.max(min, value));
  return String(Number(inside.toFixed(decimals(feature))));
}
