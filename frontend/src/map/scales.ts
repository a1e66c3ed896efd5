/** Where the plane's values lie in the plot, in pixels. */
import { ticks } from "d3-array";
import { number } from "../numbers";
import type { Axis, Plane } from "./plane";

/** A value's place in pixels, and the place's value. */
interface Scale {
  at(value: number): number;
  value(at: number): number;
}

export interface Scales {
  x: Scale;
  y: Scale;
  width: number;
  height: number;
  left: number;
  x_ticks: Tick[];
  y_ticks: Tick[];
}

interface Tick {
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
  const up = scaleOf(y, height, 0);
  const y_ticks = ticksOf(y, up, height);
  const left = 12 + digit_width * Math.max(...y_ticks.map(({ text }) => text.length), 1);
  const width = Math.max(120, Math.round(full - left - right));
  const across = scaleOf(x, 0, width);
  return { x: across, y: up, width, height, left, x_ticks: ticksOf(x, across, width), y_ticks };
}

function scaleOf({ min, max }: Axis, from: number, to: number): Scale {
  const slope = (to - from) / (max - min);
  return { at: (value) => from + (value - min) * slope, value: (at) => min + (at - from) / slope };
}

function ticksOf({ min, max }: Axis, scale: Scale, length: number): Tick[] {
  const some = (count: number) => {
    const values = ticks(min, max, Math.max(2, count));
    const short = values.map(number);
    const texts = new Set(short).size < short.length ? values.map(String) : short; // far from zero, in small steps
    return values.map((value, place) => ({ at: scale.at(value), text: texts[place] ?? "" }));
  };
  const many = some(Math.floor(length / between_ticks));
  const longest = digit_width * Math.max(...many.map(({ text }) => text.length), 1);
  return longest < between_ticks - 16 ? many : some(Math.floor(length / (longest + 48)));
}

/** Inside the plot, and on which side of it the place really is: −1, 0 or 1. */
export function shownAt(scale: Scale, axis: Axis, value: number) {
  const inside = Math.min(axis.max, Math.max(axis.min, value));
  return { at: scale.at(inside), beyond: Math.sign(value - inside) };
}
