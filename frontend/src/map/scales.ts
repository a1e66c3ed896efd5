/** Where the plane's values lie in the plot, in pixels. */
import { type ScaleLinear, scaleLinear } from "d3-scale";
import type { Axis, Plane } from "./plane";

export interface Scales {
  x: ScaleLinear<number, number>;
  y: ScaleLinear<number, number>;
  width: number;
  height: number;
  left: number;
  x_ticks: Tick[];
  y_ticks: Tick[];
}

export interface Tick {
  at: number;
  text: string;
}

export const above = 12;
export const below = 24;
const right = 14;
const digit_width = 7.5;
const between_ticks = 72;

/** `full` is the width of all, ticks and their numbers included. */
export function scalesOf({ x, y }: Plane, full: number): Scales {
  const height = Math.round(Math.min(460, Math.max(260, 0.7 * full)));
  const up = scaleLinear([y.min, y.max], [height, 0]);
  const y_ticks = ticksOf(up, height);
  const left = 12 + digit_width * Math.max(...y_ticks.map(({ text }) => text.length), 1);
  const width = Math.max(120, Math.round(full - left - right));
  const across = scaleLinear([x.min, x.max], [0, width]);
  return { x: across, y: up, width, height, left, x_ticks: ticksOf(across, width), y_ticks };
}

function ticksOf(scale: ScaleLinear<number, number>, length: number): Tick[] {
  const ticks = (count: number) => {
    const written = scale.tickFormat(count);
    return scale.ticks(count).map((value) => ({ at: scale(value), text: written(value) }));
  };
  const many = ticks(Math.max(2, Math.floor(length / between_ticks)));
  const longest = digit_width * Math.max(...many.map(({ text }) => text.length), 1);
  return longest < between_ticks - 16 ? many : ticks(Math.max(2, Math.floor(length / (longest + 32))));
}

/** Inside the plot, and on which side of it the place really is: −1, 0 or 1. */
export function shownAt(scale: ScaleLinear<number, number>, axis: Axis, value: number) {
  const inside = Math.min(axis.max, Math.max(axis.min, value));
  return { at: scale(inside), beyond: Math.sign(value - inside) };
}
