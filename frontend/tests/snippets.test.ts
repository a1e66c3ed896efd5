import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { indented } from "../src/code/indented";
import { curl, python } from "../src/code/snippets";

const instance = { "it's a name": 0.1, "größe\n": -1e-7, kind: 'a "b" \\ $HOME', flag: true, none: null };
const url = "http://127.0.0.1:8080/it's/predict";

test("curl's body is what a shell makes of the line, whatever the names hold", () => {
  const line = curl({ url, instance, keyed: false }).replace(/^curl/, "printf '%s\\n'");
  const words = execFileSync("sh", ["-c", line], { encoding: "utf8" }).split("\n");
  expect(words).toContain(url);
  expect(JSON.parse(words[words.indexOf("-d") + 1] ?? "")).toEqual(instance);
});

test("Python reads the instance as what it is", () => {
  const program = python({ url, instance, keyed: false });
  const [body = ""] = /instance = \{[\s\S]*\n\}/.exec(program) ?? [];
  const told = execFileSync("python3", ["-c", `import json\n${body}\nprint(json.dumps(instance))`], {
    encoding: "utf8",
  });
  expect(JSON.parse(told)).toEqual(instance);
});

test("a key comes from the environment and stands in no snippet", () => {
  expect(curl({ url, instance, keyed: true })).toContain('-H "x-api-key: $API_KEY"');
  expect(python({ url, instance, keyed: true })).toContain('"x-api-key": os.environ["API_KEY"]');
});

test("an answer is put on lines of its own, and none of its numbers and texts is touched", () => {
  const raw = '{"b":1.0,"10":{"a":[],"text":"x, {y}: \\"z\\""},"2":[1e-05,null],"none":{}}';
  expect(indented(raw)).toBe(`{
  "b": 1.0,
  "10": {
    "a": [],
    "text": "x, {y}: \\"z\\""
  },
  "2": [
    1e-05,
    null
  ],
  "none": {}
}`);
});
