import { expect, test } from "vitest";
import { warningWords } from "../src/answer/Warnings";
import type { Feature, Warning } from "../src/api/schema";
import { hints } from "../src/form/hints";
import { probability, range, stepped, typical } from "../src/numbers";
import { shortVersion } from "../src/page/Version";

test("a probability that is small is not written as none, nor one that is large as all", () => {
  const written = [0, 0.0003, 0.001, 0.5, 0.999, 0.9992, 0.9995, 1].map(probability);
  expect(written).toEqual(["0.000", "<0.001", "0.001", "0.500", "0.999", ">0.999", "1.000", "1.000"]);
});

test("a range has a true minus, and as many digits as tell its ends apart", () => {
  expect(range(-617.889, 503.054)).toBe("−618 to 503");
  expect(range(4.3, 7.9)).toBe("4.3 to 7.9");
  expect(range(1990.5, 2020)).toBe("1990.5 to 2020");
  expect(range(0.003, 1683)).toBe("0.003 to 1683");
  expect(range(-0, 85.9)).toBe("0 to 85.9");
});

test("a hint gives the mean that its field starts with", () => {
  const feature = { min: -57, max: 68, mean: 0.51678, nullable: true } as Feature;
  expect(hints(feature)).toEqual(["−57 to 68,", "mean 0.517,", "may be left empty"]);
});

test("a mean has three digits, and more where its range is narrow", () => {
  expect(typical({ min: 4.3, max: 7.9, mean: 5.8433 })).toBe("5.84");
  expect(typical({ min: 1990, max: 2020, mean: 2005.4321 })).toBe("2005.4");
  expect(typical({ min: 278, max: 5000, mean: 1410.37 })).toBe("1410");
  expect(typical({ min: 0, max: 0, mean: 0 })).toBe("0");
});

test("an arrow key moves a number by a share of its range, without losing its digits", () => {
  expect(stepped("5.84", { min: 4.3, max: 7.9 }, 1)).toBe("5.94");
  expect(stepped("0.517", { min: -57, max: 68 }, -1)).toBe("-0.483");
});

test("a warning of the range names value and range with their unit", () => {
  const width = { name: "width", unit: "cm" } as Feature;
  const warning = { type: "out_of_range", feature: "width", value: -7, min: 0.1, max: 2.5 } as Warning;
  expect(warningWords(warning, [width])).toBe("width −7 cm is outside the training range, 0.1 to 2.5 cm.");
});

test("a release's id is shortened to the digits at its end, another version is not", () => {
  expect(shortVersion("20261122T210116126Z-a9b08d6bb069")).toBe("a9b08d6bb069");
  expect(shortVersion("1")).toBe("1");
});
