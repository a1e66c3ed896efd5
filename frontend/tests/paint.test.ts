import { expect, test } from "vitest";
import { grid_side } from "../src/map/grid";
import { markedCells } from "../src/map/paint";

const cells = (at: (column: number, row: number) => number) =>
  Int16Array.from({ length: grid_side ** 2 }, (_, cell) =>
    at(cell % grid_side, Math.floor(cell / grid_side)),
  );

test("marks are sparse, and none stands at a border between classes", () => {
  const classes = cells((column) => (column < 20 ? 0 : 1));
  const marked = markedCells(classes);
  expect(marked.length).toBeGreaterThan(20);
  expect(marked.length).toBeLessThan(60);
  expect(marked.filter((cell) => [19, 20].includes(cell % grid_side))).toEqual([]);
});

test("a class with a few cells only has one mark, inside of them where it can", () => {
  const classes = cells((column, row) => (column > 40 && column < 44 && row > 10 && row < 14 ? 1 : 0));
  const its = markedCells(classes).filter((cell) => classes[cell] === 1);
  expect(its).toEqual([12 * grid_side + 42]);
});

test("a cell without an answer has no mark", () => {
  expect(markedCells(cells(() => -1))).toEqual([]);
});
