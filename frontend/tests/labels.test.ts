import { expect, test } from "vitest";
import { labelsOf } from "../src/table/labels";

const classes = ["setosa", "versicolor"];

test("labels that are classes are read as they are, with space around them too", () => {
  const labels = labelsOf(["setosa", " versicolor "], classes);
  expect([labels.prefix, labels.read(" setosa"), labels.read("other")]).toEqual(["", "setosa", "other"]);
});

test("a beginning that all labels share is passed over where classes are left", () => {
  const labels = labelsOf(["Iris-setosa", "Iris-versicolor", ""], classes);
  expect(labels.prefix).toBe("Iris-");
  expect([labels.read("Iris-setosa"), labels.read("Rosa-setosa")]).toEqual(["setosa", "Rosa-setosa"]);
});

test("a label that only ends as a class is not taken for it", () => {
  expect(labelsOf(["non-spam", "spam"], ["spam", "ham"]).prefix).toBe("");
  expect(labelsOf(["non-spam"], ["spam", "ham"]).prefix).toBe("");
  expect(labelsOf(["non-spam", "non-food"], ["spam", "ham"]).prefix).toBe("");
});
