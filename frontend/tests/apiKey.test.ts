import { expect, test } from "vitest";
import { createClient } from "../src/api/client";
import type { Models } from "../src/api/schema";
import { createApiKey } from "../src/state/apiKey";
import { createQuestion } from "../src/state/question";
import { createWatch } from "../src/state/watch";
import { FakeStorage } from "./fakeStorage";

const models = { release: "1", created: "", features: [], classes: [], models: [] } as unknown as Models;

const prediction = {
  prediction: "a",
  probability: 1,
  probabilities: { a: 1 },
  agreement: {},
  warnings: [],
  models: {},
  release: "1",
};

/** An API that takes one key only. */
class FakeApi {
  keys: (string | null)[] = [];
  asked: string[] = [];
  constructor(public key: string | null) {}
  fetch = async (path: RequestInfo | URL, init?: RequestInit) => {
    const key = new Headers(init?.headers).get("x-api-key");
    this.asked.push(String(path));
    this.keys.push(key);
    if (path === "health/ready") return answer(200, { ready: true, release: "1" });
    if (this.key !== null && key !== this.key)
      return answer(401, { title: "Unauthorized", status: 401, detail: "a key is wanted" });
    return answer(200, path === "models" ? models : prediction);
  };
}

const answer = (status: number, body: object) => new Response(JSON.stringify(body), { status });

async function page(api: FakeApi, storage = new FakeStorage()) {
  const apiKey = createApiKey(() => storage);
  const client = createClient(api.fetch, apiKey);
  const watch = createWatch(client, apiKey);
  const question = createQuestion(client, watch, apiKey);
  await watch.check();
  return { apiKey, watch, question, storage };
}

test("an API that wants no key is never sent one", async () => {
  const api = new FakeApi(null);
  const { apiKey } = await page(api);
  expect(apiKey.wanted.value).toBe(null);
  expect(api.keys).toEqual([null, null]);
});

test("a key is asked for, kept for the session, and sent with every call but health", async () => {
  const api = new FakeApi("k");
  const { apiKey, watch, question, storage } = await page(api);
  expect(apiKey.wanted.value).toBe("missing");
  apiKey.keep("k");
  expect(await watch.load()).toBe(null);
  expect(apiKey.wanted.value).toBe(null);
  expect(watch.models.value?.release).toBe("1");
  await question.ask();
  expect(question.outcome.value?.kind).toBe("answer");
  expect([...storage.items.values()]).toEqual(["k"]);
  const sent = api.asked.map((path, index) => [path, api.keys[index]]).slice(2);
  expect(sent).toEqual([
    ["models", "k"],
    ["predict", "k"],
    ["health/ready", null],
  ]);
});

test("while a key is wanted, only health is asked for", async () => {
  const api = new FakeApi("k");
  const { watch } = await page(api);
  await watch.check();
  expect(api.asked).toEqual(["health/ready", "models", "health/ready"]);
});

test("a refused key is forgotten at once", async () => {
  const { apiKey, watch, storage } = await page(new FakeApi("k"));
  apiKey.keep("wrong");
  await watch.load();
  expect([apiKey.wanted.value, apiKey.value.value, storage.items.size]).toEqual(["refused", null, 0]);
});

test("a key that is refused later is asked for anew, and what was entered stays", async () => {
  const api = new FakeApi("k");
  const storage = new FakeStorage();
  createApiKey(() => storage).keep("k");
  const { apiKey, question } = await page(api, storage);
  expect(apiKey.wanted.value).toBe(null);
  question.enter("x", "3");
  api.key = "other";
  await question.ask();
  expect([apiKey.wanted.value, apiKey.value.value, question.outcome.value]).toEqual(["refused", null, null]);
  expect(question.values.value.get("x")).toBe("3");
});

test("the refusal of a call sent before does not cost the key that was entered since", async () => {
  const apiKey = createApiKey(() => new FakeStorage());
  apiKey.keep("new");
  apiKey.refused(null);
  apiKey.refused("old");
  expect([apiKey.value.value, apiKey.wanted.value]).toEqual(["new", null]);
});

test("a key that is given up is asked for, without reproach", async () => {
  const { apiKey, storage } = await page(new FakeApi(null));
  apiKey.keep("k");
  apiKey.forget();
  expect([apiKey.wanted.value, apiKey.value.value, storage.items.size]).toEqual(["missing", null, 0]);
});

test("where the browser denies storage, the key lives as long as the page", async () => {
  const apiKey = createApiKey(() => {
    throw new DOMException("denied", "SecurityError");
  });
  apiKey.keep("k");
  expect(apiKey.value.value).toBe("k");
});
