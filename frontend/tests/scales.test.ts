import { expect, test } from "vitest";
import type { Feature } from "../src/api/schema";
import { axisOf } from "../src/map/plane";
import { scalesOf, shownAt } from "../src/map/scales";

const axis = (min: number, max: number) => axisOf({ name: "n", kind: "number", min, max } as Feature);

test("the ends of the axes are the ends of the plot", () => {
  const { x, y, width, height } = scalesOf({ x: axis(0, 100), y: axis(0, 10) }, 600);
  expect([x.at(-8), x.at(108), y.at(-0.8), y.at(10.8)]).toEqual([0, width, height, 0]);
  expect(x.value(width)).toBeCloseTo(108);
  expect(y.value(height)).toBeCloseTo(-0.8);
});

test("long numbers stand further apart, and do not touch", () => {
  const { x_ticks } = scalesOf({ x: axis(-1e6, 1e6), y: axis(0, 10) }, 600);
  const [first, second] = x_ticks;
  expect(first?.text).toBe("\u22121000000");
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(80);
});

test("a narrow plot still has numbers at its axes", () => {
  const { x_ticks, y_ticks, width } = scalesOf({ x: axis(0, 1e-9), y: axis(0, 1e9) }, 260);
  expect(width).toBeGreaterThan(100);
  expect([x_ticks.length > 0, y_ticks.length > 0]).toEqual([true, true]);
});

test("numbers at an axis far from zero are told apart", () => {
  const { x_ticks } = scalesOf({ x: axis(1e6, 1e6 + 1e-5), y: axis(0, 10) }, 600);
  expect(new Set(x_ticks.map(({ text }) => text)).size).toBe(x_ticks.length);
});

test("what lies outside is shown at the border, with the side on which it is", () => {
  const { x, width } = scalesOf({ x: axis(0, 100), y: axis(0, 10) }, 600);
  expect(shownAt(x, axis(0, 100), 50)).toMatchObject({ beyond: 0 });
  expect(shownAt(x, axis(0, 100), 4000)).toEqual({ at: width, beyond: 1 });
  expect(shownAt(x, axis(0, 100), -4000)).toEqual({ at: 0, beyond: -1 });
});
