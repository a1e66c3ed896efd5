import { expect, test } from "vitest";
import { Aggregator, most_errors } from "../src/table/summary";

const head = [
  "x",
  "kind",
  "prediction",
  "probability",
  "agreement",
  "prediction:a",
  "prediction:b",
  "prediction:c",
  "error",
];
const row = (vote: string, said: [string, string, string], error = "", kind = "") => [
  ...["1", kind, vote, vote && "0.9", vote && "2/3"],
  ...said,
  error,
];

test("rows are counted by class, agreement and pairs of models that differ", () => {
  const summed = new Aggregator(head, ["cat", "dog", "eel"]);
  summed.add(row("cat", ["cat", "cat", "cat"]));
  summed.add(row("cat", ["cat", "cat", "dog"]));
  summed.add(row("dog", ["dog", "cat", "dog"]));
  const { rows, predicted, unanimous, byClass, pairs, evaluation } = summed.summary;
  expect({ rows, predicted, unanimous, evaluation }).toEqual({
    rows: 3,
    predicted: 3,
    unanimous: 1,
    evaluation: null,
  });
  expect([...byClass]).toEqual([
    ["cat", 2],
    ["dog", 1],
    ["eel", 0],
  ]);
  expect(pairs.map(({ models, differ }) => [...models, differ])).toEqual([
    ["a", "b", 1],
    ["a", "c", 1],
    ["b", "c", 2],
  ]);
});

test("a row that lacks a model is told apart from one without a prediction", () => {
  const summed = new Aggregator(head, ["cat", "dog"]);
  summed.add(row("cat", ["cat", "cat", ""], "c: unavailable (connection refused)"));
  summed.add(row("", ["", "", ""], "x is not a number"));
  const { predicted, failed, partial, missing, errors, unanimous, pairs } = summed.summary;
  expect({ predicted, failed, partial, unanimous }).toEqual({
    predicted: 1,
    failed: 1,
    partial: 1,
    unanimous: 1,
  });
  expect(missing).toEqual([{ model: "c", rows: 1 }]);
  expect(pairs.map(({ rows }) => rows)).toEqual([1, 0, 0]);
  expect(errors).toEqual([
    { row: 3, error: "x is not a number", predicted: false },
    { row: 2, error: "c: unavailable (connection refused)", predicted: true },
  ]);
});

test("of many errors the first are kept and all are counted", () => {
  const summed = new Aggregator(head, ["cat"]);
  for (let each = 0; each < most_errors + 10; each++) summed.add(row("", ["", "", ""], "bad"));
  expect(summed.summary.errors.length).toBe(most_errors);
  expect(summed.summary.failed).toBe(most_errors + 10);
});

test("with true classes the vote and each model are judged, on the rows that they answered", () => {
  const summed = new Aggregator(head, ["cat", "dog"], (each) => each[1] ?? "");
  summed.add(row("cat", ["cat", "cat", "dog"], "", "cat"));
  summed.add(row("cat", ["cat", "dog", ""], "", "dog"));
  summed.add(row("cat", ["cat", "cat", "cat"], "", ""));
  summed.add(row("cat", ["cat", "cat", "cat"], "", "eel"));
  summed.add(row("", ["", "", ""], "bad", "dog"));
  const evaluation = summed.summary.evaluation;
  expect(evaluation?.unlabeled).toBe(1);
  expect(evaluation?.unknown).toEqual({ labels: ["eel"], more: false, rows: 1 });
  expect(evaluation?.scores.map(({ name, rows, correct }) => [name, rows, correct])).toEqual([
    [null, 2, 1],
    ["a", 2, 1],
    ["b", 2, 2],
    ["c", 1, 0],
  ]);
  expect(evaluation?.scores[0]?.matrix).toEqual([
    [1, 0],
    [1, 0],
  ]);
});

test("an own column may be called as the vote's, in other letters, and a single model has no pairs", () => {
  const summed = new Aggregator(
    ["Prediction", "prediction", "probability", "agreement", "prediction:a", "error"],
    ["1", "2"],
  );
  summed.add(["x", "2", "0.9", "1/1", "2", ""]);
  expect(summed.models).toEqual(["a"]);
  expect(summed.summary.byClass.get("2")).toBe(1);
  expect(summed.summary.pairs).toEqual([]);
});

test("rows outside the training ranges are counted where they are answered", () => {
  const summed = new Aggregator(head, ["cat"], undefined, ([x]) => Number(x) > 1);
  summed.add(row("cat", ["cat", "cat", "cat"]));
  const [, ...cells] = row("cat", ["cat", "cat", "cat"]);
  summed.add(["2", ...cells]);
  const [, ...bad] = row("", ["", "", ""], "kind is missing");
  summed.add(["2", ...bad]);
  expect(summed.summary.outside).toBe(1);
});
