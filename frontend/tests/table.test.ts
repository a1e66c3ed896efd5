import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import type { Result, TableClient } from "../src/api/client";
import type { Models, Problem, TableColumns } from "../src/api/schema";
import type { Watching } from "../src/api/upload";
import { createTable } from "../src/state/table";
import type { Watch } from "../src/state/watch";
import { largest_bytes } from "../src/table/choice";
import { part, progressWords, rowsWords } from "../src/table/words";
import { bad } from "./fakeGateway";

const head = "x,kind,prediction,probability,agreement,prediction:a,prediction:b,error\n";
type End = Result<{ release: string | null }>;

/** A gateway whose answer is given by hand. */
class FakeTables implements TableClient {
  asked = 0;
  problems: string[] = [];
  target: number | null = 1;
  watching: Watching | null = null;
  end: (result: End) => void = () => {};

  async columns(): Promise<Result<TableColumns>> {
    this.asked++;
    const features = [{ feature: "x", columns: [0] }];
    const columns = {
      delimiter: ",",
      columns: ["x", "kind"],
      features,
      target: this.target,
      problems: this.problems,
    };
    return { ok: true, value: { ...columns, release: "1", request_id: "" } as TableColumns };
  }

  table(_: Blob, watching: Watching): Promise<End> {
    this.watching = watching;
    return new Promise((resolve) => {
      this.end = resolve;
      watching.signal.addEventListener("abort", () => resolve(bad()));
    });
  }
}

const release = (id: string) => ({ release: id, classes: ["cat", "dog"], features: [] }) as unknown as Models;

function page(gateway = new FakeTables()) {
  const models = signal<Models | null>(release("1"));
  const seen: string[] = [];
  const watch = {
    models,
    seen: async ({ release }: { release: string }) => void seen.push(release),
    check: async () => void seen.push("check"),
  } as unknown as Watch;
  return { gateway, models, seen, table: createTable(gateway, watch, async () => {}) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const file = (content = "x,kind\n1,cat\n2,dog\n", name = "own.csv") => new File([content], name);

async function chosen(content?: string) {
  const parts = page();
  parts.table.choose(file(content));
  await settled();
  return parts;
}

test("a file that is chosen is looked at, and nothing of it is predicted", async () => {
  const { table, gateway } = await chosen();
  expect(table.choice.value).toMatchObject({ kind: "ready", preview: { count: 2, exact: true } });
  expect([gateway.asked, gateway.watching]).toEqual([1, null]);
});

test.each([
  ["larger than 64 MiB", { size: largest_bytes + 1, name: "big.csv" } as File],
  ["empty", new File([], "empty.csv")],
  ["workbook", new File(["PK\u0003\u0004"], "book.xlsx")],
  [
    "cannot be read",
    {
      size: 5,
      name: "folder",
      slice: () => ({ arrayBuffer: async () => Promise.reject() }),
    } as unknown as File,
  ],
])("what is %s is refused before anything is sent", async (words, given) => {
  const { table, gateway } = page();
  table.choose(given);
  await settled();
  expect(table.choice.value).toMatchObject({ kind: "refused", title: expect.stringContaining(words) });
  expect(gateway.asked).toBe(0);
});

test("a table with a problem cannot be started", async () => {
  const { table, gateway } = page();
  gateway.problems = ["the table has no column for y"];
  table.choose(file());
  await settled();
  await table.start();
  expect(gateway.watching).toBe(null);
});

test("a whole answer is summed up, and the release that gave it is told", async () => {
  const { table, gateway, seen } = await chosen();
  const over = table.start();
  gateway.watching?.onSent(10);
  expect(table.progress.value).toMatchObject({ stage: "sending", sent: 10 });
  gateway.watching?.onText(`${head}1,cat,cat,0.9,2/2,cat,cat,\n2,d`);
  gateway.watching?.onText("og,cat,0.6,1/2,cat,dog,\n");
  gateway.end({ ok: true, value: { release: "2" } });
  await over;
  expect(table.progress.value).toBe(null);
  const outcome = table.outcome.value;
  expect(outcome).toMatchObject({ kind: "complete", summary: { rows: 2, unanimous: 1 } });
  expect(outcome?.summary?.evaluation?.scores.map(({ correct }) => correct)).toEqual([1, 1, 2]);
  expect(seen).toEqual(["2"]);
});

test("canceling ends the request, keeps what came, and says so", async () => {
  const { table, gateway } = await chosen();
  const over = table.start();
  gateway.watching?.onText(`${head}1,cat,cat,0.9,2/2,cat,cat,\n2,d`);
  table.cancel();
  await over;
  expect(gateway.watching?.signal.aborted).toBe(true);
  expect(table.outcome.value).toMatchObject({ kind: "canceled", summary: { rows: 1 } });
});

test("an answer that breaks off is a failure with the rows that came", async () => {
  const { table, gateway, seen } = await chosen();
  const over = table.start();
  gateway.watching?.onText(`${head}1,cat,cat,0.9,2/2,cat,cat,\n`);
  gateway.end(bad());
  await over;
  expect(table.outcome.value).toMatchObject({
    kind: "failed",
    failure: { kind: "network" },
    summary: { rows: 1 },
  });
  expect(seen).toEqual(["check"]);
});

test("another file ends what is under way, whose answer does not win", async () => {
  const { table, gateway } = await chosen();
  const over = table.start();
  const before = gateway.watching;
  table.choose(file("x\n1\n", "other.csv"));
  await over;
  before?.onText(`${head}1,cat,cat,0.9,2/2,cat,cat,\n`);
  await settled();
  expect(before?.signal.aborted).toBe(true);
  expect([table.progress.value, table.outcome.value]).toEqual([null, null]);
  expect(table.choice.value?.file.name).toBe("other.csv");
});

test("another release looks at the chosen file again", async () => {
  const { gateway, models, table } = await chosen();
  models.value = release("2");
  await settled();
  expect(gateway.asked).toBe(2);
  expect(table.choice.value).toMatchObject({ kind: "ready", models: { release: "2" } });
});

test("a file whose look wanted another key is looked at again once there is one", async () => {
  const gateway = new FakeTables();
  const { columns } = gateway;
  const problem = { title: "", status: 401, detail: "" } as Problem;
  gateway.columns = async () => ({ ok: false, failure: { kind: "problem", problem } });
  const { models, table } = page(gateway);
  table.choose(file());
  await settled();
  expect(table.choice.value?.kind).toBe("reading");
  gateway.columns = columns;
  models.value = release("1");
  await settled();
  expect(table.choice.value?.kind).toBe("ready");
});

test("a large file's rows are estimated, and the bar is full at the end only", async () => {
  const { table } = await chosen(`x,kind\n${"1,cat\n".repeat(50_000)}`);
  const of = table.choice.value;
  if (of?.kind !== "ready") throw new Error("it fits");
  expect(rowsWords(of)).toBe("about 50,000 rows");
  const progress = { of, stage: "answering", sent: of.file.size, rows: 25_000 } as const;
  expect(part(progress)).toBeCloseTo(0.6, 2);
  expect(progressWords(progress)).toBe("25,000 of about 50,000 rows answered");
  expect(part({ ...progress, rows: 60_000 })).toBe(0.99);
  expect(progressWords({ ...progress, rows: 60_000 })).toBe("60,000 rows answered so far");
});
