import { expect, test } from "vitest";
import { warningWords } from "../src/answer/Warnings";
import type { Feature, Warning } from "../src/api/schema";
import { hints } from "../src/form/hints";
import { number, probability, range, rounded, stepped, typical } from "../src/numbers";
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

test("a number of any size moves by shares of its range", () => {
  const tiny = { min: 4.298121e-11, max: 2.982197e-9 };
  expect(stepped("4.298121e-11", tiny, 1)).toBe("1.4298121e-10");
  expect(rounded(2.5e-10, tiny)).toBe("2.5e-10");
  const tinier = { min: 5.11067e-16, max: 9.9701e-15 };
  expect(stepped("9.9701e-15", tinier, -1)).toBe("9.8701e-15");
  expect(rounded(1.23456e-15, tinier)).toBe("1.23e-15");
  const huge = { min: 253838131, max: 1593755365551 };
  expect(stepped("253838131", huge, 1)).toBe("10253838131");
  expect(stepped("1593755365551", huge, -1)).toBe("1583755365551");
  const narrow = { min: 1000000.000000022, max: 1000000.00000999 };
  expect(stepped("1000000.000000022", narrow, 1)).toBe("1000000.000000122");
});

test("a tiny number is written as its field has it", () => {
  expect([5.11067e-16, -2e-9, 0, 0.00001].map(number)).toEqual([
    "5.11067e\u221216",
    "\u22122e\u22129",
    "0",
    "0.00001",
  ]);
  expect(range(5.11067e-16, 9.9701e-15)).toBe("5.11067e\u221216 to 9.9701e\u221215");
  expect(typical({ min: 5.11067e-16, max: 9.9701e-15, mean: 4.98765e-15 })).toBe("4.99e-15");
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
