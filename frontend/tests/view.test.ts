import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import type { Dataset, Models } from "../src/api/schema";
import { createView } from "../src/state/view";
import type { Watch } from "../src/state/watch";

function release(...names: string[]): Models {
  const features = names.map((name) => ({ name, kind: "number" }));
  return { features, models: [{ name: "forest" }] } as unknown as Models;
}

function view(first: Models | null, rows: Dataset | "loading" | null = null) {
  const models = signal(first);
  const sample = signal(rows);
  return { models, sample, view: createView({ models } as unknown as Watch, sample) };
}

test("without a sample the axes are the first two numbers", () => {
  const { view: shown } = view(release("a", "b", "c"));
  expect([shown.x.value, shown.y.value, shown.layer.value]).toEqual(["a", "b", "vote"]);
});

test("nothing is shown before it is known whether there is a sample", () => {
  const { view: shown, sample } = view(release("a", "b"), "loading");
  expect(shown.x.value).toBeNull();
  sample.value = null;
  expect(shown.x.value).toBe("a");
});

test("the axes begin with the two numbers in which the classes are most apart", () => {
  const rows = [
    [1, 1, 1],
    [2, 9, 8],
    [1, 9, 9],
  ];
  const dataset = { features: ["a", "b", "c"], rows, labels: ["k", "l", "l"] } as unknown as Dataset;
  const { view: shown } = view(release("a", "b", "c"), dataset);
  expect([shown.x.value, shown.y.value]).toEqual(["b", "c"]);
});

test("the other axis makes room for the feature that is chosen", () => {
  const { view: shown } = view(release("a", "b", "c"));
  shown.setX("b");
  expect([shown.x.value, shown.y.value]).toEqual(["b", "a"]);
  shown.setY("c");
  expect([shown.x.value, shown.y.value]).toEqual(["b", "c"]);
  shown.setY("b");
  expect([shown.x.value, shown.y.value]).toEqual(["c", "b"]);
});

test("what is chosen before the release is known is shown once it is", () => {
  const { view: shown, models } = view(null);
  shown.setX("c");
  shown.setLayer("model:forest");
  models.value = release("a", "b", "c");
  expect([shown.x.value, shown.y.value, shown.layer.value]).toEqual(["c", "b", "model:forest"]);
});

test("names that the release does not have fall back", () => {
  const { view: shown } = view(release("a", "b"));
  shown.setX("gone");
  shown.setY("gone");
  shown.setLayer("model:gone");
  expect([shown.x.value, shown.y.value, shown.layer.value]).toEqual(["a", "b", "vote"]);
});

test("one number makes no plane", () => {
  const { view: shown } = view(release("a"));
  expect([shown.x.value, shown.y.value]).toEqual([null, null]);
});
