import { expect, test } from "vitest";
import type { Feature } from "../src/api/schema";
import { carryOver, initialValue, readInstance, textsOf } from "../src/form/values";

const feature = (name: string, rest: Partial<Feature> = {}) =>
  ({ name, kind: "number", nullable: false, categories: [], ...rest }) as Feature;
const color = feature("color", { kind: "category", categories: ["red", "blue"] });

test("a number starts at three significant digits of its training mean, whatever its range", () => {
  expect(initialValue(feature("a", { min: 4.3, max: 7.9, mean: 5.843333 }))).toBe("5.84");
  expect(initialValue(feature("a", { min: -57, max: 68, mean: 0.51678 }))).toBe("0.517");
  expect(initialValue(feature("a", { min: 278, max: 1680, mean: 746.893 }))).toBe("747");
});

test("a new release keeps the values of features that it still has", () => {
  const before = new Map([
    ["a", "7"],
    ["gone", "1"],
    ["color", "blue"],
  ]);
  expect(carryOver([feature("a"), feature("b", { mean: 2, min: 0, max: 4 }), color], before)).toEqual(
    new Map([
      ["a", "7"],
      ["b", "2"],
      ["color", "blue"],
    ]),
  );
});

test("a value that the new release does not take gives way to its initial one", () => {
  const now = feature("color", { kind: "category", categories: ["green"] });
  expect(carryOver([now], new Map([["color", "blue"]])).get("color")).toBe("green");
  const switched = feature("color", { kind: "boolean" });
  expect(carryOver([switched], new Map([["color", "blue"]])).get("color")).toBe("false");
});

test("a question holds numbers, texts, booleans and nulls", () => {
  const features = [feature("a"), color, feature("b", { kind: "boolean" }), feature("c", { nullable: true })];
  const values = new Map([
    ["a", "1.5"],
    ["color", "red"],
    ["b", "true"],
    ["c", ""],
  ]);
  expect(readInstance(features, values)).toEqual({
    instance: { a: 1.5, color: "red", b: true, c: null },
    errors: new Map(),
  });
});

test("a number that is missing or no number is told at its field", () => {
  const features = [feature("a"), feature("b"), feature("c", { nullable: true })];
  const values = new Map([
    ["a", ""],
    ["b", "1e999"],
    ["c", "1e"],
  ]);
  expect([...readInstance(features, values).errors.keys()]).toEqual(["a", "b", "c"]);
});

test("a feature may have any name", () => {
  const features = [feature("__proto__"), feature("constructor")];
  const { instance } = readInstance(features, carryOver(features, new Map([["__proto__", "1"]])));
  expect(JSON.stringify(instance)).toBe('{"__proto__":1}');
});

test("a row becomes the texts that a form holds, and is read from them again", () => {
  const features = [feature("a"), color, feature("b", { kind: "boolean" }), feature("c", { nullable: true })];
  const instance = { a: -1e-7, color: "red", b: true, c: null };
  expect(readInstance(features, textsOf(instance)).instance).toEqual(instance);
});
