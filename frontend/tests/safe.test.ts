import Papa from "papaparse";
import { expect, test } from "vitest";
import { isFormula, safeText } from "../src/table/safe";

const format = { delimiter: ",", newline: "\n" };

test("what a spreadsheet would run is a formula", () => {
  for (const cell of ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-", "-nan", "＝1"]) {
    expect(isFormula(cell), cell).toBe(true);
  }
});

test("a plain number is none, and neither is text", () => {
  for (const cell of [
    "-1.5",
    "+2",
    "1e-3",
    "-1e+10",
    "-.5",
    "-1,5",
    "5",
    "setosa",
    "a=b",
    "",
    "3/3",
    " =1",
  ]) {
    expect(isFormula(cell), cell).toBe(false);
  }
});

test("rows without a formula stay the very text that they were read from", () => {
  const raw = '"-1.5",a\n';
  expect(safeText([["-1.5", "a"]], raw, format)).toEqual({ text: raw, changed: 0 });
});

test("a formula begins with an apostrophe, and the cells are what they were", () => {
  const rows = [
    ["=1+1", 'say "hi", twice', "-1.5"],
    ["@x\r\ny", "", "ok"],
  ];
  const { text, changed } = safeText(rows, "", { delimiter: ";", newline: "\r\n" });
  expect(changed).toBe(2);
  expect(text.endsWith("\r\n")).toBe(true);
  expect(Papa.parse(text.slice(0, -2), { delimiter: ";", newline: "\r\n" }).data).toEqual([
    ["'=1+1", 'say "hi", twice', "-1.5"],
    ["'@x\r\ny", "", "ok"],
  ]);
});
