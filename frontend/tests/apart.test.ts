import { expect, test } from "vitest";
import type { Dataset, Feature } from "../src/api/schema";
import { mostApart, separation } from "../src/map/apart";

const sample = {
  release: "1",
  features: ["same", "apart", "color", "near"],
  rows: [
    [1, 1, "red", 1],
    [2, 1, "red", 3],
    [1, 9, "red", 3],
    [2, 9, "red", 5],
  ],
  labels: ["a", "a", "b", "b"],
  predictions: {},
} satisfies Dataset;

const features = sample.features.map((name) => ({
  name,
  kind: name === "color" ? "category" : "number",
})) as Feature[];

test("classes with nothing in common are wholly apart, those with the same values not at all", () => {
  expect(separation(sample, "apart")).toBe(1);
  expect(separation(sample, "near")).toBe(0.5);
  expect(separation(sample, "same")).toBe(0);
});

test("a number that never changes, or of which nothing is known, does not part classes", () => {
  const rows = sample.rows.map(() => [4, null, "red", 1]);
  expect(separation({ ...sample, rows }, "same")).toBe(0);
  expect(separation({ ...sample, rows }, "apart")).toBe(0);
});

test("the numbers come in the order in which they part the classes", () => {
  expect(mostApart({ features }, sample)).toEqual(["apart", "near", "same"]);
});

test("without a sample the numbers come in the release's order", () => {
  expect(mostApart({ features }, null)).toEqual(["same", "apart", "near"]);
});
