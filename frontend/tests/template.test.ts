import { expect, test } from "vitest";
import type { Dataset, Feature } from "../src/api/schema";
import { template } from "../src/table/template";

const number = (name: string, unit?: string) =>
  ({
    name,
    kind: "number",
    unit,
    nullable: false,
    min: 0,
    max: 4,
    mean: 2,
    categories: [],
  }) as unknown as Feature;

test("it has each feature with its unit, and a row of each of two classes", () => {
  const sample = {
    features: ["b", "a"],
    rows: [
      [1, 2],
      [3, 4],
      [5, null],
    ],
    labels: ["x", "x", "y"],
  } as unknown as Dataset;
  expect(template([number("a", "cm"), number("b")], sample)).toBe("a (cm),b\r\n2,1\r\n,5\r\n");
});

test("without a sample it has a row of typical values", () => {
  expect(template([number("a", "cm")], null)).toBe("a (cm)\r\n2\r\n");
});

test("a unit that could be taken for another feature stays away", () => {
  const names = template([number("a", "cm"), number("a_cm"), number("b", "m/(s)")], null).split("\r\n")[0];
  expect(names).toBe("a,a_cm,b");
});

test("nothing in it is run as a formula", () => {
  expect(template([number("=a")], null)).toBe("'=a\r\n2\r\n");
});
