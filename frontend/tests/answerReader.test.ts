import { expect, test } from "vitest";
import { Answered } from "../src/table/answered";
import { AnswerReader } from "../src/table/answerReader";

const text = 'note;prediction;error\r\n"a\r\nb; ""c""";cat;\r\nplain;dog;\r\n"=1+1";;"bad; very"\r\n';
const rows = [
  ["note", "prediction", "error"],
  ['a\r\nb; "c"', "cat", ""],
  ["plain", "dog", ""],
  ["=1+1", "", "bad; very"],
];

test.each([1, 2, 3, 7, 1000])(
  "an answer in pieces of %i characters is read row by row, and nothing is lost",
  (length) => {
    const reader = new AnswerReader(";");
    const read: string[][] = [];
    let raw = "";
    for (let at = 0; at < text.length; at += length) {
      const piece = reader.feed(text.slice(at, at + length));
      read.push(...piece.rows);
      raw += piece.raw;
    }
    expect(read).toEqual(rows);
    expect(raw).toBe(text);
    expect(reader.newline).toBe("\r\n");
  },
);

test("a row that was broken off is none", () => {
  const reader = new AnswerReader(",");
  expect(reader.feed('x,error\n1,\n2,"th').rows).toEqual([
    ["x", "error"],
    ["1", ""],
  ]);
});

test("the file is the answer's text with formulas made text, and a mark where the table had one", async () => {
  const head = "x,prediction,probability,agreement,prediction:a,error\n";
  const models = { classes: ["=1+1", "b"], features: [] };
  const answered = new Answered({ delimiter: ",", target: null, features: [] }, models, null, true);
  answered.feed(`${head}1,b,0.9,1/1,b,\n-2,`);
  answered.feed("=1+1,0.9,1/1,=1+1,\n");
  expect(new Uint8Array(await answered.file.arrayBuffer()).slice(0, 3)).toEqual(
    new Uint8Array([0xef, 0xbb, 0xbf]),
  );
  expect(await answered.file.text()).toBe(`${head}1,b,0.9,1/1,b,\n-2,'=1+1,0.9,1/1,'=1+1,\n`);
  expect([answered.changed, answered.rows]).toEqual([2, 2]);
});
