import { afterEach, expect, test, vi } from "vitest";
import type { Dataset, Vote } from "../src/api/schema";
import { answered, drawn, sampled } from "../src/examples/candidates";
import { disagreements, findExamples } from "../src/examples/find";
import { retry_ms } from "../src/state/sample";
import { FakeGateway, good, opened, release } from "./fakeGateway";

const models = release("1", "x");

afterEach(() => vi.useRealTimers());

const dataset: Dataset = {
  release: "1",
  features: ["x"],
  rows: [[0], [1], [2.2], [3], [3.1], [4]],
  labels: ["a", "a", "a", "b", "b", "b"],
  predictions: { m: ["a", "a", "b", "b", "b", "b"], n: ["a", "a", "a", "b", "b", "b"] },
};

test("a class is shown by the row nearest to the middle of those that all models and the table take for it", () => {
  const [a, b] = findExamples(models, sampled(dataset));
  expect(a).toMatchObject({
    name: "a",
    instance: { x: 0 },
    trueClass: "a",
    words: "Row 1 of the training sample",
  });
  expect(b).toMatchObject({ name: "b", instance: { x: 3.1 }, trueClass: "b" });
});

test("there is a row on which the models disagree, and one outside the range", () => {
  const [disagreement, outside] = findExamples(models, sampled(dataset)).slice(2);
  expect(disagreement).toMatchObject({ kind: "disagreement", instance: { x: 2.2 }, trueClass: "a" });
  expect(outside).toEqual({
    kind: "outside",
    name: "outside the range",
    instance: { x: 6 },
    words: "x beyond its training range",
  });
});

test("the most different opinions come first", () => {
  const [two, three] = [
    ["a", "a", "b"],
    ["a", "b", "c"],
  ].map((predictions) => ({
    instance: {},
    predictions,
    words: "",
  }));
  if (two && three) expect(disagreements([two, three])).toEqual([three, two]);
});

test("classes that no row is clear for, and models that always agree, have no example", () => {
  const rows = sampled({
    ...dataset,
    labels: dataset.labels.map(() => "a"),
    predictions: { m: dataset.labels.map(() => "a") },
  });
  expect(findExamples(models, rows).map(({ name }) => name)).toEqual(["a", "outside the range"]);
});

test("a row is drawn between its deciles, whatever the features' kinds", () => {
  const color = { name: "color", kind: "category", categories: ["red", "blue"], quantiles: [] };
  const flag = { name: "flag", kind: "boolean", categories: [], quantiles: [] };
  const features = [...models.features, color, flag] as typeof models.features;
  expect(drawn({ features }, 1, () => 0.75)).toEqual([{ x: 2.5, color: "blue", flag: false }]);
});

test("a model that gave no answer has no say in whether a row is contested", () => {
  const vote = {
    models: { m: { status: "timeout" }, n: { status: "ok", prediction: "a" } },
  } as unknown as Vote;
  expect(answered([{ x: 1 }], [vote])[0]?.predictions).toEqual(["a"]);
});

test("a page begins with its first example, and takes a contested row that the served models disagree on", async () => {
  const gateway = new FakeGateway(models);
  gateway.sample = good({
    ...dataset,
    rows: [[0], [1.5], [2.2], [3], [3.1], [4]],
    predictions: { ...dataset.predictions, n: ["a", "b", "a", "b", "b", "b"] },
  });
  const { question, examples } = await opened(gateway);
  expect(question.values.value.get("x")).toBe("0");
  expect(gateway.batches).toEqual([[{ x: 1.5 }, { x: 2.2 }]]);
  expect(examples.list.value.find(({ kind }) => kind === "disagreement")?.instance).toEqual({ x: 2.2 });
});

test("without a sample, examples are drawn from the ranges and told by what the models say", async () => {
  const gateway = new FakeGateway({ ...models, sample: false });
  gateway.sample = good(dataset); // it is not asked for
  const { question, examples } = await opened(gateway);
  expect(examples.list.value.map(({ kind }) => kind)).toEqual(["class", "outside"]);
  expect(question.origin.value).toEqual({ words: "Drawn from the training ranges" });
});

test("a sample that could not be had is asked for again, and the examples are found in it", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const gateway = new FakeGateway(models);
  const page = opened(gateway);
  await vi.advanceTimersByTimeAsync(0);
  const { sample, examples } = await page;
  expect(sample.value).toBeNull();
  gateway.sample = good(dataset);
  await vi.advanceTimersByTimeAsync(retry_ms);
  expect(examples.list.value[0]?.words).toBe("Row 1 of the training sample");
});

test("without a sample, examples that no model could answer are found once one comes back", async () => {
  const gateway = new FakeGateway(models);
  const { batch } = gateway;
  gateway.batch = async () => ({ ok: false, failure: { kind: "network" } });
  const { watch, examples } = await opened(gateway);
  expect(examples.list.value).toEqual([]);
  gateway.batch = batch;
  gateway.served = { ...models };
  await watch.load();
  await new Promise((settled) => setTimeout(settled));
  expect(examples.list.value.length).toBeGreaterThan(0);
});

test("a random row of the sample comes with its true class", async () => {
  const gateway = new FakeGateway(models);
  gateway.sample = good(dataset);
  const { question, examples } = await opened(gateway);
  examples.random();
  expect(question.origin.value).toEqual({ words: "Row 4 of the training sample", trueClass: "b" });
  question.enter("x", "1");
  expect(question.origin.value).toBe(null);
});

test("the first example of another table does not take the notice of its release away", async () => {
  const gateway = new FakeGateway(models);
  gateway.sample = good(dataset);
  const { watch, question } = await opened(gateway);
  gateway.served = release("2", "z");
  gateway.sample = good({ ...dataset, release: "2", features: ["z"] });
  await watch.check();
  await new Promise((settled) => setTimeout(settled));
  expect(question.values.value.get("z")).toBe("0");
  expect(question.rebuilt.value).toMatchObject({ kept: 0 });
});
