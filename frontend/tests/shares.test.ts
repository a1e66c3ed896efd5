import { expect, test } from "vitest";
import { percent, roundPercent, shade } from "../src/figures/shares";

test("a share is never rounded to none or to all", () => {
  expect([0, 1, 333, 9999, 10_000].map((count) => percent(count, 10_000))).toEqual([
    "0.0\u00a0%",
    "<0.1\u00a0%",
    "3.3\u00a0%",
    ">99.9\u00a0%",
    "100.0\u00a0%",
  ]);
});

test("a share of nothing is none", () => {
  expect(percent(0, 0)).toBe("–");
  expect(shade(0, 0)).toBe("0%");
});

test("a cell is shaded by its share, and a single row is still seen", () => {
  expect(shade(0, 1000)).toBe("0%");
  expect(shade(1, 1000)).toBe("8%");
  expect(shade(500, 1000)).toBe("23%");
  expect(shade(1000, 1000)).toBe("45%");
});

test("what little there is is not rounded away", () => {
  expect([0, 0.001, 0.5, 0.999, 1].map(roundPercent)).toEqual([
    "0\u00a0%",
    "less than 1\u00a0%",
    "50\u00a0%",
    "more than 99\u00a0%",
    "100\u00a0%",
  ]);
});
