import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Client, Result } from "../src/api/client";
import type { BatchPrediction, Instance, Models, Readiness } from "../src/api/schema";
import { createDecisionMap, map_pause_ms } from "../src/state/decisionMap";
import type { Question } from "../src/state/question";
import { createView } from "../src/state/view";
import type { Watch } from "../src/state/watch";
import { bad, good } from "./fakeGateway";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Asked {
  instances: readonly Instance[];
  signal: AbortSignal | undefined;
  answer(result: Result<BatchPrediction>): Promise<void>;
}

function release(id: string): Models {
  const features = ["x", "y", "z"].map((name) => ({ name, kind: "number", min: 0, max: 1, nullable: false }));
  return { release: id, features, classes: ["a", "b"], models: [] } as unknown as Models;
}

const votes = (prediction: string, id = "1") => {
  const predictions = Array.from({ length: 2304 }, () => ({ prediction, probability: 1, models: {} }));
  return good<BatchPrediction>({ release: id, predictions });
};

function page() {
  const asked: Asked[] = [];
  const values = signal<ReadonlyMap<string, string>>(new Map(["x", "y", "z"].map((name) => [name, "0.5"])));
  const models = signal(release("1"));
  const readiness = signal<Readiness | null>(null);
  let checks = 0;
  const client = {
    batch: (instances: readonly Instance[], abort?: AbortSignal) =>
      new Promise((resolve) => {
        asked.push({
          instances,
          signal: abort,
          answer: async (result) => {
            resolve(result);
            await vi.advanceTimersByTimeAsync(0);
          },
        });
      }),
  } as unknown as Client;
  const watch = { models, readiness, check: async () => void checks++ } as unknown as Watch;
  const view = createView(watch, signal(null));
  const map = createDecisionMap(client, watch, { values } as unknown as Question, view);
  const enter = (name: string, text: string) => {
    values.value = new Map([...values.value, [name, text]]);
  };
  map.inView.value = true;
  return { asked, enter, models, readiness, view, map, checks: () => checks };
}

const pause = () => vi.advanceTimersByTimeAsync(map_pause_ms);

test("a map is one question of 48 by 48 instances, the other values held", async () => {
  const { asked, map } = page();
  await pause();
  expect(asked).toHaveLength(1);
  expect(asked[0]?.instances).toHaveLength(2304);
  expect(new Set(asked[0]?.instances.map(({ z }) => z))).toEqual(new Set([0.5]));
  await asked[0]?.answer(votes("b"));
  expect(map.grid.value?.vote.classes[0]).toBe(1);
  expect(map.stale.value).toBe(false);
});

test("neither a point that moves on the plane nor another layer asks again", async () => {
  const { asked, enter, view } = page();
  await pause();
  await asked[0]?.answer(votes("b"));
  enter("x", "0.7");
  view.setLayer("disagreement");
  await pause();
  expect(asked).toHaveLength(1);
});

test("a held value that changes asks once it rests, and the old map stays until the new one is there", async () => {
  const { asked, enter, map } = page();
  await pause();
  await asked[0]?.answer(votes("b"));
  enter("z", "0.6");
  enter("z", "0.7");
  await pause();
  expect(asked).toHaveLength(2);
  expect(asked[1]?.instances[0]?.z).toBe(0.7);
  expect([map.grid.value?.vote.classes[0], map.stale.value]).toEqual([1, true]);
  await asked[1]?.answer(votes("a"));
  expect([map.grid.value?.vote.classes[0], map.stale.value]).toEqual([0, false]);
});

test("a later question aborts the earlier, whose answer does not win", async () => {
  const { asked, enter, map } = page();
  await pause();
  enter("z", "0.6");
  expect(asked[0]?.signal?.aborted).toBe(true);
  await pause();
  await asked[1]?.answer(votes("a"));
  await asked[0]?.answer(votes("b"));
  expect(map.grid.value?.vote.classes[0]).toBe(0);
});

test("other axes let the old map go at once", async () => {
  const { asked, view, map } = page();
  await pause();
  await asked[0]?.answer(votes("b"));
  view.setX("z");
  expect(map.grid.value).toBeNull();
  await pause();
  expect(asked[1]?.instances[0]).toMatchObject({ x: 0.5 });
});

test("nothing is asked for a map that nobody sees", async () => {
  const { asked, view, map } = page();
  map.inView.value = false;
  await pause();
  map.inView.value = true;
  view.setLayer("none");
  await pause();
  expect(asked).toHaveLength(0);
  view.setLayer("vote");
  await pause();
  expect(asked).toHaveLength(1);
});

test("a map that goes out of sight while it is awaited is asked for when it is seen again", async () => {
  const { asked, map } = page();
  await vi.advanceTimersByTimeAsync(map_pause_ms / 2);
  map.inView.value = false;
  await pause();
  map.inView.value = true;
  await pause();
  expect(asked).toHaveLength(1);
});

test("a held field that is not filled in keeps the old map, as one that is stale", async () => {
  const { asked, enter, map } = page();
  await pause();
  await asked[0]?.answer(votes("b"));
  enter("z", "");
  await pause();
  expect(asked).toHaveLength(1);
  expect([map.grid.value === null, map.stale.value]).toEqual([false, true]);
});

test("a failure takes the map away and is told, until it is tried again", async () => {
  const { asked, map } = page();
  await pause();
  await asked[0]?.answer(bad());
  expect([map.grid.value, map.failure.value]).toEqual([null, { kind: "network" }]);
  map.again();
  await pause();
  await asked[1]?.answer(votes("a"));
  expect([map.grid.value?.vote.classes[0], map.failure.value]).toEqual([0, null]);
});

test("a model that comes back has the map drawn anew", async () => {
  const { asked, readiness } = page();
  await pause();
  await asked[0]?.answer(votes("b"));
  readiness.value = { ready: true, models: { m: "ready" } } as unknown as Readiness;
  await pause();
  expect(asked).toHaveLength(2);
});

test("an answer of another release is not drawn, and has the release looked for", async () => {
  const { asked, map, models, checks } = page();
  await pause();
  await asked[0]?.answer(votes("b", "2"));
  expect([map.grid.value, checks()]).toEqual([null, 1]);
  models.value = release("2");
  await pause();
  await asked[1]?.answer(votes("b", "2"));
  expect(map.grid.value?.vote.classes[0]).toBe(1);
});
