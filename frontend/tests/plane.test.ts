import { expect, test } from "vitest";
import type { Feature, Models } from "../src/api/schema";
import { axisOf, nudged, placed, placeOn, planeOf, unplaced } from "../src/map/plane";

const feature = (name: string, min: number | null, max: number | null) =>
  ({ name, kind: "number", min, max }) as Feature;
const models = { features: [feature("w", 0, 10), feature("h", 0, 100)] } as Pick<Models, "features">;
const plane = planeOf(models, "w", "h") ?? expect.fail();

test("an axis shows the training range and a margin", () => {
  expect(axisOf(feature("w", 0, 10))).toMatchObject({ min: -0.8, max: 10.8 });
});

test("an axis has a length even where all rows have one value, or none has any", () => {
  expect(axisOf(feature("w", 5, 5))).toMatchObject({ min: 4.6, max: 5.4 });
  expect(axisOf(feature("w", 0, 0))).toMatchObject({ min: -0.08, max: 0.08 });
  expect(axisOf(feature("w", null, null))).toMatchObject({ min: -0.08, max: 1.08 });
});

test("there is no plane of a feature that the release does not have", () => {
  expect(planeOf(models, "w", "gone")).toBeNull();
});

test("a place is entered to about a hundredth of the range", () => {
  expect([...placed(plane, 3.12, 59.26)]).toEqual([
    ["w", "3.1"],
    ["h", "59"],
  ]);
});

test("a place beyond the plane is brought to its border", () => {
  expect([...placed(plane, -99, 999)].map(([, text]) => Number(text))).toEqual([-0.8, 108]);
});

test("an empty field or a word has no place", () => {
  expect(placeOn(plane.x, new Map([["w", " "]]))).toBeNull();
  expect(placeOn(plane.x, new Map([["w", "wide"]]))).toBeNull();
  expect(placeOn(plane.x, new Map([["w", "-3"]]))).toBe(-3);
});

test("an arrow key moves one of the values by about a hundredth of the axis, and a tenth in large steps", () => {
  const values = new Map([
    ["w", "5"],
    ["h", "50"],
  ]);
  expect([...(nudged(plane, values, "ArrowRight", false) ?? [])]).toEqual([["w", "5.1"]]);
  expect([...(nudged(plane, values, "ArrowUp", true) ?? [])]).toEqual([["h", "60"]]);
  expect([...(nudged(plane, values, "ArrowDown", false) ?? [])]).toEqual([["h", "49"]]);
  expect(nudged(plane, values, "Tab", false)).toBeNull();
});

test("a point far outside comes to the border with the first step inward", () => {
  const values = new Map([["w", "70"]]);
  expect(nudged(plane, values, "ArrowLeft", false)?.get("w")).toBe("10.8");
});

test("a row that lacks one of the two numbers has no place", () => {
  const rows = [
    [1, 2, null],
    [null, 2, 3],
    [1, null, 3],
  ];
  expect(unplaced(plane, { features: ["w", "h", "z"], rows })).toBe(2);
});
