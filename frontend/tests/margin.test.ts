import { expect, test } from "vitest";
import { margin } from "../src/answer/margin";

test("the margin is over the most probable other class", () => {
  expect(margin("b", { a: 0.25, b: 0.75, c: 0 })).toEqual({ margin: 0.5, runnerUp: "a" });
  expect(margin("a", { a: 1 })).toBeNull();
});

test("a class is not ahead of itself, where another that looks like an integer is as probable", () => {
  expect(margin("10", JSON.parse('{"10": 0.5, "2": 0.5}'))).toEqual({ margin: 0, runnerUp: "2" });
});
