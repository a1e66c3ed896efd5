import { expect, test } from "vitest";
import { markPath, shapes } from "../src/marks";

test("each of the first eight classes has a shape of its own", () => {
  const paths = Array.from({ length: 8 }, (_, index) => markPath(index, 5));
  expect(shapes).toBe(8);
  expect(new Set(paths).size).toBe(8);
});

test("of many classes each has its own pair of shape and tone", () => {
  const pairs = Array.from({ length: 64 }, (_, index) => `${index % 8} ${markPath(index, 5)}`);
  expect(new Set(pairs).size).toBe(64);
});

test("a shape stands around its place", () => {
  expect(markPath(0, 2, 10, 20)).toBe("M8,20a2,2 0 1 0 4,0a2,2 0 1 0 -4,0Z");
  expect(markPath(3, 4, 10, 20)).toBe("M10,15L15,20L10,25L5,20Z");
});
