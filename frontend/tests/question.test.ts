import { expect, test } from "vitest";
import type { Client, Result } from "../src/api/client";
import type { Models, Prediction, Problem, Readiness } from "../src/api/schema";
import { rebuiltWords } from "../src/page/Notices";
import { createApiKey } from "../src/state/apiKey";
import { createQuestion } from "../src/state/question";
import { createWatch } from "../src/state/watch";
import { FakeStorage } from "./fakeStorage";

const none = new Set<string>();
const good = <T>(value: unknown): Result<T> => ({ ok: true, value: value as T });

function release(id: string, ...names: string[]): Models {
  const features = names.map((name) => ({ name, kind: "number", nullable: false, min: 0, max: 4, mean: 2 }));
  return { release: id, created: "", features, classes: ["a", "b"], models: [] } as unknown as Models;
}

/** A gateway that serves `served`, and answers predictions with what `answers` holds, in turn. */
class FakeGateway implements Client {
  answers: (Result<Prediction> | Promise<Result<Prediction>>)[] = [];
  constructor(public served: Models) {}
  health: Readiness["models"] = {};
  predict = async () =>
    this.answers.shift() ?? good<Prediction>({ release: this.served.release, models: {} });
  models = async () => good<Models>(this.served);
  readiness = async () => good<Readiness>({ ready: true, release: this.served.release, models: this.health });
}

async function page(gateway: FakeGateway) {
  const watch = createWatch(
    gateway,
    createApiKey(() => new FakeStorage()),
  );
  const question = createQuestion(gateway, watch);
  await watch.check();
  return { watch, question };
}

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
  await question.ask(none);
  expect(watch.readiness.value?.models).toEqual({ m: "ready" });
});

test("a question that fails has the health asked for at once", async () => {
  const gateway = new FakeGateway(release("1", "x"));
  gateway.health = { m: "ready" };
  const { watch, question } = await page(gateway);
  gateway.health = { m: "unavailable" };
  gateway.answers = [{ ok: false, failure: { kind: "network" } }];
  await question.ask(none);
  expect(watch.readiness.value?.models).toEqual({ m: "unavailable" });
});

test("an answer of another release rebuilds the form and stays", async () => {
  const gateway = new FakeGateway(release("1", "x"));
  const { watch, question } = await page(gateway);
  gateway.served = release("2", "x");
  await question.ask(none);
  expect(watch.models.value?.release).toBe("2");
  expect(question.outcome.value?.kind).toBe("answer");
});

test("a refusal is told at the fields that it names, and keeps what was entered", async () => {
  const gateway = new FakeGateway(release("1", "x", "y"));
  const { question } = await page(gateway);
  const errors = [{ loc: ["y"], type: "", msg: "too odd" }];
  const problem = { status: 422, detail: "", errors } as unknown as Problem;
  gateway.answers = [{ ok: false, failure: { kind: "problem", problem } }];
  question.enter("y", "9");
  await question.ask(none);
  expect([...question.errors.value]).toEqual([["y", "too odd"]]);
  expect(question.values.value.get("y")).toBe("9");
  question.enter("y", "1");
  expect(question.errors.value.size).toBe(0);
});

test("an earlier question's late answer does not replace the later one's", async () => {
  const gateway = new FakeGateway(release("1", "x"));
  const { question } = await page(gateway);
  let answerLate = (_: Result<Prediction>) => {};
  const late = new Promise<Result<Prediction>>((resolve) => {
    answerLate = resolve;
  });
  gateway.answers = [late, good<Prediction>({ release: "1", models: {}, prediction: "second" })];
  const first = question.ask(none);
  await question.ask(none);
  answerLate(good<Prediction>({ release: "1", models: {}, prediction: "first" }));
  await first;
  expect(question.outcome.value).toMatchObject({ kind: "answer", answer: { prediction: "second" } });
});

test("a question that cannot be sent is not sent", async () => {
  const gateway = new FakeGateway(release("1", "x"));
  const { question } = await page(gateway);
  question.enter("x", "");
  await question.ask(none);
  expect(question.errors.value.get("x")).toBe("Enter a number.");
  expect(question.outcome.value?.kind).toBe("invalid");
});
