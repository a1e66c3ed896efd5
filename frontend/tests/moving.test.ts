import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Client, Result } from "../src/api/client";
import type { Instance, Models, Prediction } from "../src/api/schema";
import type { ApiKey } from "../src/state/apiKey";
import { createQuestion, move_pause_ms } from "../src/state/question";
import type { Watch } from "../src/state/watch";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Asked = { instance: Instance; answer(prediction: string): Promise<void> };

function page() {
  const asked: Asked[] = [];
  const predict = (instance: Instance, abort: AbortSignal) =>
    new Promise<Result<Prediction>>((resolve) => {
      const settle = async (result: unknown) => {
        resolve(result as Result<Prediction>);
        await vi.advanceTimersByTimeAsync(0);
      };
      abort.addEventListener("abort", () => void settle({ ok: false, failure: { kind: "network" } }));
      asked.push({ instance, answer: (prediction) => settle({ ok: true, value: { prediction } }) });
    });
  const features = [{ name: "x", kind: "number", mean: 0, nullable: false }];
  const models = signal({ release: "1", features } as unknown as Models);
  const watch = { models, readiness: signal(null), seen: async () => {}, check: async () => {} };
  const apiKey = { wanted: signal(null) } as unknown as ApiKey;
  const question = createQuestion({ predict } as unknown as Client, watch as unknown as Watch, apiKey);
  return { asked, question, move: (text: string) => question.move(new Map([["x", text]])) };
}

test("a value that moves is asked for at once, and again after each answer and a pause, as long as it moves", async () => {
  const { asked, question, move } = page();
  move("1");
  move("2");
  move("3");
  expect(question.values.value.get("x")).toBe("3");
  expect(asked.map(({ instance }) => instance.x)).toEqual([1]);
  await asked[0]?.answer("a");
  expect(question.outcome.value).toMatchObject({ kind: "answer", answer: { prediction: "a" } });
  move("4");
  expect([asked.length, question.asking.value]).toEqual([1, true]);
  await vi.advanceTimersByTimeAsync(move_pause_ms);
  expect(asked.map(({ instance }) => instance.x)).toEqual([1, 4]);
  await asked[1]?.answer("b");
  expect(question.outcome.value).toMatchObject({ kind: "answer", answer: { prediction: "b" } });
  await vi.advanceTimersByTimeAsync(move_pause_ms);
  expect(asked).toHaveLength(2);
  expect(question.asking.value).toBe(false);
});

test("what is loaded while a value moves is what is answered in the end", async () => {
  const { asked, question, move } = page();
  move("1");
  question.load(new Map([["x", "9"]]));
  await vi.advanceTimersByTimeAsync(move_pause_ms);
  for (const each of asked) await each.answer(`${each.instance.x}`);
  expect(question.outcome.value).toMatchObject({ kind: "answer", answer: { prediction: "9" } });
});
