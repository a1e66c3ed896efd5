import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Feature, MemberAnswer } from "../src/api/schema";
import { differences } from "../src/history/differences";
import { type Asked, createHistory, settled_ms } from "../src/state/history";
import { FakeGateway, good, opened, release } from "./fakeGateway";
import { FakeStorage } from "./fakeStorage";

const vote = {
  prediction: "a",
  probabilities: { a: 1 },
  agreement: { votes: 1, of: 1, asked: 1 },
  models: {},
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function page(storage = new FakeStorage()) {
  vi.useRealTimers();
  const gateway = new FakeGateway(release("1", "x"));
  const { question } = await opened(gateway);
  vi.useFakeTimers();
  const history = createHistory(() => storage, question);

  async function ask(x: number, stands_ms = settled_ms) {
    gateway.answers = [good({ ...vote, release: "1" })];
    question.load(new Map([["x", String(x)]]));
    await vi.advanceTimersByTimeAsync(stands_ms);
  }
  return { history, ask, storage };
}

test("a question is remembered once its answer has stood for a second", async () => {
  const { history, ask } = await page();
  await ask(1, settled_ms - 1);
  await ask(2);
  expect(history.list.value.map(({ instance }) => instance)).toEqual([{ x: 2 }]);
});

test("the last 20 are kept, the newest first, and each but once", async () => {
  const { history, ask } = await page();
  for (let x = 0; x < 25; x += 1) await ask(x);
  await ask(23);
  expect(history.list.value.map(({ instance }) => instance.x).slice(0, 3)).toEqual([23, 24, 22]);
  expect(history.list.value.length).toBe(20);
});

test("the browser keeps the list and the baseline", async () => {
  const { history, ask, storage } = await page();
  await ask(1);
  history.pin(history.list.value[0] ?? null);
  await ask(2);
  const { history: later } = await page(storage);
  expect(later.baseline.value?.instance).toEqual({ x: 1 });
  expect(later.list.value.length).toBe(2);
  later.clear();
  expect([later.list.value, later.baseline.value, storage.items.size]).toEqual([[], null, 0]);
});

test("what another program has left in the storage is overlooked", async () => {
  for (const left of ["no JSON", "3", '{"list": 4}', '{"list": [{"at": 1}, null], "baseline": {}}']) {
    const storage = new FakeStorage();
    storage.setItem("history", left);
    const { history } = await page(storage);
    expect([history.list.value, history.baseline.value]).toEqual([[], null]);
  }
});

test("what stands in the place of a question is overlooked, not shown", async () => {
  const { history, ask, storage } = await page();
  await ask(1);
  const [whole] = history.list.value;
  const { answer } = whole as Asked;
  const spoiled = [
    { ...whole, at: "yesterday" },
    { ...whole, instance: { x: { y: 1 } } },
    { ...whole, answer: { ...answer, probabilities: null } },
    { ...whole, answer: { ...answer, probabilities: { a: "much" } } },
    { ...whole, answer: { ...answer, models: { m: null } } },
    { ...whole, answer: { ...answer, agreement: null } },
  ];
  storage.setItem("history", JSON.stringify({ list: [...spoiled, whole], baseline: spoiled[0] }));
  const { history: later } = await page(storage);
  expect([later.list.value, later.baseline.value]).toEqual([[whole], null]);
});

test("what another tab has asked is not lost", async () => {
  const storage = new FakeStorage();
  const [here, there] = [await page(storage), await page(storage)];
  await there.ask(1);
  here.history.reread();
  await here.ask(2);
  expect((await page(storage)).history.list.value.map(({ instance }) => instance.x)).toEqual([2, 1]);
});

test("differences are told with their amount: inputs, vote, probabilities, models", () => {
  const says = (prediction: string) => ({ status: "ok", prediction }) as MemberAnswer;
  const features = [
    { name: "width", unit: "cm" },
    { name: "color", unit: null },
    { name: "same", unit: null },
  ] as Feature[];
  const before = {
    instance: { width: 2, color: "red", same: 1 },
    answer: {
      ...vote,
      release: "1",
      probabilities: { a: 0.9, b: 0.1 },
      models: { m: says("a"), n: says("a") },
    },
  } as unknown as Asked;
  const now = {
    instance: { width: 1.5, color: "blue", same: 1 },
    answer: {
      ...vote,
      release: "1",
      prediction: "b",
      probabilities: { a: 0.4, b: 0.6 },
      models: { m: says("b"), n: { status: "circuit_open" } as MemberAnswer },
    },
  };
  expect(
    differences(before, { ...now, answer: { ...now.answer, probabilities: { constructor: 1 } } }, []).answers,
  ).toHaveLength(3);
  const { inputs, answers } = differences(before, now, features);
  expect(inputs).toEqual([
    { what: "width", before: "2 cm", now: "1.5 cm", change: "−0.5 cm" },
    { what: "color", before: "red", now: "blue", change: "" },
  ]);
  expect(answers.map((each) => Object.values(each).join("|"))).toEqual([
    "soft vote|a|b|",
    "probability of a|0.900|0.400|−0.5",
    "probability of b|0.100|0.600|+0.5",
    "m|a|b|",
    "n|a|circuit open|",
  ]);
});
