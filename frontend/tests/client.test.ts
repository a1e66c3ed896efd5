import { expect, test } from "vitest";
import { createClient } from "../src/api/client";
import { failureWords } from "../src/api/failure";
import { createApiKey } from "../src/state/apiKey";
import { FakeStorage } from "./fakeStorage";

const apiKey = createApiKey(() => new FakeStorage());
const answering = (status: number, body: string, headers = {}) =>
  createClient(async () => new Response(body, { status, headers }), apiKey);

test("a 503 of readiness has the same body as a 200", async () => {
  expect(await answering(503, '{"ready": false}').readiness()).toMatchObject({
    ok: true,
    value: { ready: false },
  });
});

test("a problem is told with its detail, and once when to try again", async () => {
  const body = JSON.stringify({
    title: "Unavailable",
    status: 503,
    detail: "too few models answered: ask again in a moment",
  });
  const result = await answering(503, body, { "retry-after": "1" }).predict({});
  expect(result.ok || failureWords(result.failure)).toEqual({
    title: "Unavailable",
    detail: "Too few models answered.",
    advice: "Try again in 1 second.",
  });
});

test("an answer that is not JSON is told with its status", async () => {
  const result = await answering(502, "<html>").predict({});
  expect(result).toEqual({ ok: false, failure: { kind: "unreadable", status: 502 } });
});

test("JSON that is no answer is not taken for one", async () => {
  const nothing = '{"prediction": null, "models": null, "agreement": null}';
  const old = '{"prediction": "a", "models": {}, "agreement": {}, "release": "1"}';
  for (const body of ["null", "[]", "3", "{}", nothing, old]) {
    expect((await answering(200, body).predict({})).ok).toBe(false);
  }
});

test("a lost connection is a failure like any other", async () => {
  const client = createClient(async () => {
    throw new TypeError("fetch failed");
  }, apiKey);
  expect(await client.models()).toEqual({ ok: false, failure: { kind: "network" } });
});

test("health that is not told is given up in time for the next look to come within 5 s", async () => {
  const silent: typeof fetch = (_, init) =>
    new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
  expect(await createClient(silent, apiKey).readiness()).toEqual({ ok: false, failure: { kind: "timeout" } });
}, 4_500);
