import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ReadResult } from "../src/api/client";
import type { Prediction } from "../src/api/schema";
import { move_pause_ms } from "../src/state/question";
import { FakeGateway, good, later, opened, release } from "./fakeGateway";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A page whose next questions are answered by hand, in any order. */
async function page() {
  vi.useRealTimers();
  const gateway = new FakeGateway(release("1", "x"));
  const { question } = await opened(gateway);
  vi.useFakeTimers();
  gateway.asked = [];
  const answers = [1, 2, 3].map(() => later<ReadResult<Prediction>>());
  gateway.answers = answers.map(({ coming }) => coming);

  async function answer(place: number, prediction: string) {
    answers[place]?.give(good({ release: "1", models: {}, prediction }));
    await vi.advanceTimersByTimeAsync(0);
  }
  const asked = () => gateway.asked.map(({ x }) => x);
  return { asked, answer, question, move: (text: string) => question.move(new Map([["x", text]])) };
}

test("a value that moves is asked for at once, and again after each answer and a pause, as long as it moves", async () => {
  const { asked, answer, question, move } = await page();
  move("1");
  move("2");
  move("3");
  expect(question.values.value.get("x")).toBe("3");
  expect(asked()).toEqual([1]);
  await answer(0, "a");
  expect(question.outcome.value).toMatchObject({ kind: "answer", answer: { prediction: "a" } });
  move("4");
  expect([asked(), question.asking.value]).toEqual([[1], true]);
  await vi.advanceTimersByTimeAsync(move_pause_ms);
  expect(asked()).toEqual([1, 4]);
  await answer(1, "b");
  expect(question.outcome.value).toMatchObject({ kind: "answer", answer: { prediction: "b" } });
  await vi.advanceTimersByTimeAsync(move_pause_ms);
  expect([asked(), question.asking.value]).toEqual([[1, 4], false]);
});

test("what is loaded while a value moves is what is answered in the end", async () => {
  const { asked, answer, question, move } = await page();
  move("1");
  question.load(new Map([["x", "9"]]));
  await vi.advanceTimersByTimeAsync(move_pause_ms);
  for (let place = 0; place < asked().length; place++) await answer(place, String(asked()[place]));
  expect(question.outcome.value).toMatchObject({ kind: "answer", answer: { prediction: "9" } });
});
