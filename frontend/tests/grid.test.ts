import { expect, test } from "vitest";
import type { Feature, Vote } from "../src/api/schema";
import { cellInstances, coverage, disagreement, grid_side, gridOf } from "../src/map/grid";
import { axisOf } from "../src/map/plane";

const feature = (name: string) => ({ name, kind: "number", min: 0, max: 10 }) as Feature;
const plane = { x: axisOf(feature("x")), y: axisOf(feature("y")) };
const classes = ["a", "b", "2"];

function vote(prediction: string, members: Record<string, string | null>): Vote {
  const models = Object.entries(members).map(([name, said]) => [
    name,
    said === null
      ? { status: "timeout" }
      : { status: "ok", prediction: said, probability: 0.75, probabilities: {} },
  ]);
  return { prediction, probability: 0.5, models: Object.fromEntries(models) } as Vote;
}

test("a map asks at the middle of each cell, from the upper left to the lower right, all else held", () => {
  const instances = cellInstances(plane, { color: "red", z: null });
  expect(instances).toHaveLength(2304);
  expect(instances[0]).toEqual({ color: "red", z: null, x: -0.68, y: 10.68 });
  expect(instances.at(-1)).toEqual({ color: "red", z: null, x: 10.68, y: -0.68 });
  expect(instances[grid_side - 1]?.y).toBe(10.68);
});

test("what each layer says comes from one answer", () => {
  const grid = gridOf({ classes }, [vote("a", { m: "a", n: "2" }), vote("b", { m: "b", n: "b" })]);
  expect([...grid.vote.classes]).toEqual([0, 1]);
  expect([...grid.vote.probabilities]).toEqual([0.5, 0.5]);
  expect([...(grid.members.get("n")?.classes ?? [])]).toEqual([2, 1]);
  expect([...(grid.members.get("n")?.probabilities ?? [])]).toEqual([0.75, 0.75]);
  expect([...grid.different]).toEqual([2, 1]);
  expect(grid.silent.size).toBe(0);
});

test("a model that did not answer says nothing anywhere, and the others are compared without it", () => {
  const grid = gridOf({ classes }, [vote("a", { m: "a", n: null }), vote("b", { m: "b", n: null })]);
  expect([...(grid.members.get("n")?.classes ?? [])]).toEqual([-1, -1]);
  expect([...grid.silent]).toEqual([["n", "did not answer in time"]]);
  expect(grid.answered).toBe(1);
  expect(disagreement(grid)).toBe(0);
});

test("each class covers the part of the cells that are its own", () => {
  const votes = ["a", "a", "a", "b"].map((said) => vote(said, { m: said, n: "a" }));
  const grid = gridOf({ classes }, votes);
  expect(coverage(grid.vote, classes.length)).toEqual([0.75, 0.25, 0]);
  expect(disagreement(grid)).toBe(0.25);
});
