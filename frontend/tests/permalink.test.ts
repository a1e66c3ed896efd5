import { type ReadonlySignal, signal } from "@preact/signals";
import { expect, test } from "vitest";
import { keepPermalink, type Misfit, rest_ms } from "../src/state/permalink";
import { FakeGateway, opened, release } from "./fakeGateway";

/** A browser's window, of which only the address is real. */
class FakeWindow {
  location = { hash: "" };
  history = { replaceState: (_: unknown, __: string, hash: string) => (this.location.hash = hash) };
  changed = () => {};
  addEventListener = (_: string, listener: () => void) => (this.changed = listener);
  constructor(hash = "") {
    this.location.hash = hash;
  }
}

async function page(hash: string, ...features: string[]) {
  const window = new FakeWindow(hash);
  let misfit: ReadonlySignal<Misfit> = signal(null);
  const map = signal("vote");
  const choice = { chosen: map, choose: (name: string) => (map.value = name) };
  const state = await opened(new FakeGateway(release("1", ...features)), (watch, question) => {
    misfit = keepPermalink(window as unknown as Window, watch, question, { map: choice });
  });
  return { window, map, misfit, ...state };
}

test("an address restores the input and the choices, and goes before the first example", async () => {
  const { question, map } = await page("#feature.x=3.5&feature.a+b=-1&map=none", "x", "a b");
  expect([...question.values.value]).toEqual([
    ["x", "3.5"],
    ["a b", "-1"],
  ]);
  expect([question.outcome.value?.kind, map.value]).toEqual(["answer", "none"]);
});

test("what the release does not take is told, until the input changes", async () => {
  const { question, misfit } = await page("#feature.gone=1&feature.x=3&feature.y=word", "x", "y");
  expect(question.values.value.get("x")).toBe("3");
  expect(misfit.value).toEqual({ kept: 1, of: 3 });
  question.enter("x", "2");
  expect(misfit.value).toBe(null);
  const { misfit: none } = await page("#feature.x=3", "x");
  expect(none.value).toBe(null);
});

test("the address follows the page, such that it restores it", async () => {
  const { window, question, map } = await page("", "x", "a b");
  question.load(new Map([["a b", "-1"]]));
  map.value = "none";
  await new Promise((settled) => setTimeout(settled, rest_ms));
  const again = await page(window.location.hash, "x", "a b");
  expect(again.question.values.value).toEqual(question.values.value);
  expect(again.map.value).toBe("none");
});

test("an address that is typed in is taken too", async () => {
  const { window, question } = await page("", "x");
  window.location.hash = "#feature.x=2.5";
  window.changed();
  expect(question.values.value.get("x")).toBe("2.5");
});
