import { expect, test, vi } from "vitest";
import type { ReadResult } from "../src/api/client";
import type { Models, Prediction, Problem } from "../src/api/schema";
import { rebuiltWords } from "../src/page/Notices";
import { again_ms, pause_ms } from "../src/state/question";
import { bad, FakeGateway, good, later, opened as page, release } from "./fakeGateway";

test("a health poll that names another release rebuilds the form and keeps what was entered", async () => {
  const gateway = new FakeGateway(release("1", "x", "y"));
  const { watch, question } = await page(gateway);
  question.enter("x", "3");
  gateway.served = release("2", "x", "z");
  await watch.check();
  expect([...question.values.value]).toEqual([
    ["x", "3"],
    ["z", "2"],
  ]);
  expect(question.rebuilt.value).toMatchObject({ kept: 1, of: 2 });
});

test("a rebuilt form is told by what was kept", () => {
  expect(rebuiltWords({ kept: 4, of: 4 })).toBe("The form was rebuilt; all 4 values were kept.");
  expect(rebuiltWords({ kept: 3, of: 4 })).toBe("The form was rebuilt; 3 of 4 values were kept.");
  expect(rebuiltWords({ kept: 0, of: 4 })).toBe("It is made from another table, so the form starts anew.");
});

test("an answer that contradicts the known health has it asked for at once", async () => {
  const gateway = new FakeGateway(release("1", "x"));
  gateway.health = { m: "unavailable" };
  const { watch, question } = await page(gateway);
  gateway.health = { m: "ready" };
  gateway.answers = [good<Prediction>({ release: "1", models: { m: { status: "ok" } } })];
  await question.ask();
  expect(watch.readiness.value?.models).toEqual({ m: "ready" });
});

test("a question that fails has the health asked for at once", async () => {
  const gateway = new FakeGateway(release("1", "x"));
  gateway.health = { m: "ready" };
  const { watch, question } = await page(gateway);
  gateway.health = { m: "unavailable" };
  gateway.answers = [bad()];
  await question.ask();
  expect(watch.readiness.value?.models).toEqual({ m: "unavailable" });
});

test("an answer of another release rebuilds the form and stays", async () => {
  const gateway = new FakeGateway(release("1", "x"));
  const { watch, question } = await page(gateway);
  gateway.served = release("2", "x");
  await question.ask();
  expect(watch.models.value?.release).toBe("2");
  expect(question.outcome.value?.kind).toBe("answer");
});

test("of two looks at the models, the earlier's late answer does not replace the later one's", async () => {
  const gateway = new FakeGateway(release("1", "x"));
  const { watch } = await page(gateway);
  let answerLate = (_: ReadResult<Models>) => {};
  const models = gateway.models;
  gateway.models = () => new Promise((answer) => (answerLate = answer));
  const earlier = watch.load();
  gateway.models = models;
  gateway.served = release("2", "x");
  await watch.load();
  answerLate(good(release("1", "x")));
  await earlier;
  expect(watch.models.value?.release).toBe("2");
});

test("a refusal is told at the fields that it names, and keeps what was entered", async () => {
  const gateway = new FakeGateway(release("1", "x", "y"));
  const { question } = await page(gateway);
  const errors = [{ loc: ["y"], type: "", msg: "too odd" }];
  const problem = { status: 422, detail: "", errors } as unknown as Problem;
  gateway.answers = [{ ok: false, failure: { kind: "problem", problem } }];
  question.enter("y", "9");
  await question.ask();
  expect([...question.errors.value]).toEqual([["y", "too odd"]]);
  expect(question.values.value.get("y")).toBe("9");
  question.enter("y", "1");
  expect(question.errors.value.size).toBe(0);
});

test("an earlier question's late answer does not replace the later one's", async () => {
  const gateway = new FakeGateway(release("1", "x"));
  const { question } = await page(gateway);
  const late = later<ReadResult<Prediction>>();
  gateway.answers = [late.coming, good<Prediction>({ release: "1", models: {}, prediction: "second" })];
  const first = question.ask();
  await question.ask();
  late.give(good<Prediction>({ release: "1", models: {}, prediction: "first" }));
  await first;
  expect(question.outcome.value).toMatchObject({ kind: "answer", answer: { prediction: "second" } });
});

test("a question that cannot be sent is not sent, and the answer before it stays", async () => {
  const gateway = new FakeGateway(release("1", "x"));
  const { question } = await page(gateway);
  await question.ask();
  const sent = gateway.asked.length;
  question.enter("x", "");
  await question.ask();
  expect(question.errors.value.get("x")).toBe("Enter a number.");
  expect([gateway.asked.length, question.outcome.value?.kind]).toEqual([sent, "answer"]);
});

test("the answer follows the input, once it has rested", async () => {
  const gateway = new FakeGateway(release("1", "x"));
  const { question } = await page(gateway);
  gateway.asked = [];
  vi.useFakeTimers();
  for (const text of ["1", "1.5", "1.25"]) {
    question.enter("x", text);
    await vi.advanceTimersByTimeAsync(pause_ms - 1);
  }
  expect(gateway.asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(gateway.asked).toEqual([{ x: 1.25 }]);
  vi.useRealTimers();
});

test("a model that goes or comes back has the question asked anew", async () => {
  const gateway = new FakeGateway(release("1", "x"));
  gateway.health = { m: "ready" };
  const { watch } = await page(gateway);
  const sent = gateway.asked.length;
  vi.useFakeTimers();
  await watch.check();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(gateway.asked.length).toBe(sent);
  gateway.health = { m: "unavailable" };
  await watch.check();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(gateway.asked.length).toBe(sent + 1);
  vi.useRealTimers();
});

test("a question to which a model that is well gave no answer is put once more, and not again", async () => {
  const gateway = new FakeGateway(release("1", "x"));
  gateway.health = { m: "ready" };
  const { question } = await page(gateway);
  const late = good<Prediction>({ release: "1", models: { m: { status: "timeout" } } });
  gateway.answers = [late, late, late];
  gateway.asked = [];
  vi.useFakeTimers();
  question.load(new Map([["x", "3"]]));
  await vi.advanceTimersByTimeAsync(10 * again_ms);
  expect(gateway.asked).toEqual([{ x: 3 }, { x: 3 }]);
  vi.useRealTimers();
});
