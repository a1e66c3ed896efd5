import { expect, test } from "vitest";
import type { Feature } from "../src/api/schema";
import { outsideOf } from "../src/table/ranges";

const features = [
  { name: "x", kind: "number", min: 1, max: 2 },
  { name: "color", kind: "category", categories: ["red"] },
  { name: "y", kind: "number", min: -1, max: 1 },
] as unknown as Feature[];
const found = [
  { feature: "y", columns: [0] },
  { feature: "color", columns: [2] },
  { feature: "x", columns: [3] },
];
const outside = (delimiter: "," | ";", row: string[]) =>
  outsideOf(features, { delimiter, features: found })(row);

test.each([
  [["0", "99", "red", "1.5"], false],
  [["1", "99", "red", "2"], false],
  [["1.01", "99", "red", "2"], true],
  [["0", "99", "red", " 9e-1 "], true],
  [["0", "99", "blue", ""], false],
  [["0", "99", "7", " "], false],
  [["NA", "99", "red", "n/a"], false],
  [["0"], false],
])("of %j a number is outside: %s", (row, wanted) => {
  expect(outside(",", row)).toBe(wanted);
});

test("with semicolons, a comma is a decimal mark", () => {
  expect(outside(";", ["0", "", "", "1,5"])).toBe(false);
  expect(outside(";", ["0", "", "", "2,5"])).toBe(true);
  expect(outside(",", ["0", "", "", "2,5"])).toBe(false);
});
