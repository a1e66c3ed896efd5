import { expect, test } from "vitest";
import type { Feature, Models } from "../src/api/schema";
import { total } from "../src/figures/shares";
import { classRows, guessing } from "../src/models/balance";
import { meanText, missingText, valuesText } from "../src/models/features";
import { parameterText } from "../src/models/parameters";
import { introWords } from "../src/models/words";

const metrics = {
  accuracy: 0.7,
  accuracy_std: 0.1,
  log_loss: 0.5,
  folds: 5,
  confusion_matrix: [
    [6, 2],
    [1, 1],
  ],
};
const release = (class_rows: number[], cards: object[]) =>
  ({ classes: ["a", "b"], data: { rows: 10, class_rows }, models: cards }) as unknown as Models;

test("rows of each class are the release's", () => {
  expect(classRows(release([7, 3], [{ metrics }]))).toEqual([7, 3]);
});

test("a release that does not tell them has them in its models' confusion matrices", () => {
  expect(classRows(release([], [{}, { metrics }]))).toEqual([8, 2]);
  expect(total(classRows(release([], [{ metrics }])))).toBe(10);
});

test("of foreign servers alone nothing is known", () => {
  const foreign = release([], [{ name: "other" }]);
  expect(classRows(foreign)).toEqual([]);
  expect(guessing(foreign)).toBeNull();
  expect(introWords(foreign)).toBe("What is known of each model.");
});

test("the introduction tells the folds and what guessing comes to", () => {
  const words = introWords(release([2, 8], [{ metrics }]));
  expect(words).toContain(
    "from 5-fold cross-validation: each row was judged by a model that had not seen it.",
  );
  expect(words).toContain("Always guessing b would have accuracy 0.800.");
});

test("an older release's folds are not made up", () => {
  const words = introWords(release([2, 8], [{ metrics: { ...metrics, folds: null } }]));
  expect(words).toContain("The figures are from cross-validation");
});

test("parameters are told in words", () => {
  const values = [null, true, false, 5, -1, 0.00012345678, "gini", [], [8, 32], { depth: 3 }];
  expect(values.map(parameterText)).toEqual([
    "none",
    "yes",
    "no",
    "5",
    "\u22121",
    "0.000123457",
    "gini",
    "none",
    "8, 32",
    '{"depth":3}',
  ]);
});

const feature = (rest: Partial<Feature>) => ({ categories: [], ...rest }) as unknown as Feature;

test("a feature's values are told by its kind", () => {
  expect(valuesText(feature({ kind: "number", min: 4.3, max: 7.9 }))).toBe("4.3 to 7.9");
  expect(valuesText(feature({ kind: "number" }))).toBe("");
  expect(valuesText(feature({ kind: "boolean" }))).toBe("true, false");
  expect(valuesText(feature({ kind: "category", categories: ["blue", "red"] }))).toBe("blue, red");
  const many = Array.from({ length: 14 }, (_, index) => `c${index}`);
  expect(valuesText(feature({ kind: "category", categories: many }))).toMatch(/, c11 and 2 more$/);
});

test("a mean is that of the form, and a category has none", () => {
  expect(meanText(feature({ kind: "number", min: 4.3, max: 7.9, mean: 5.8433 }))).toBe("5.84");
  expect(meanText(feature({ kind: "category" }))).toBe("");
});

test("missing values are counted, and where they were not, said to be there or not", () => {
  expect(missingText(feature({ missing: 12, nullable: true }))).toBe("12");
  expect(missingText(feature({ nullable: true }))).toBe("some");
  expect(missingText(feature({ nullable: false }))).toBe("0");
});
