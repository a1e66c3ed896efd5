import { expect, test } from "vitest";
import { createClient } from "../src/api/client";
import { createApiKey } from "../src/state/apiKey";
import { FakeStorage } from "./fakeStorage";

/** A request whose events are given by hand. */
class FakeRequest {
  status = 200;
  responseText = "";
  upload: Record<string, (event: object) => void> = {};
  headers: Record<string, string> = {};
  answered: Record<string, string> = { "x-release": "1" };
  onprogress = () => {};
  onload = () => {};
  onerror = () => {};
  onabort = () => {};
  onloadend = () => {};
  open() {}
  send() {}
  setRequestHeader = (name: string, value: string) => {
    this.headers[name] = value;
  };
  getResponseHeader = (name: string) => this.answered[name] ?? null;
  abort = () => this.onabort();
}

function sending(key: string | null = null) {
  const request = new FakeRequest();
  const apiKey = createApiKey(() => new FakeStorage());
  if (key) apiKey.keep(key);
  const client = createClient(fetch, apiKey, () => request as unknown as XMLHttpRequest);
  const controller = new AbortController();
  const heard: unknown[] = [];
  const result = client.table(new Blob(["0123456789"]), {
    signal: controller.signal,
    onSent: (bytes) => heard.push(bytes),
    onText: (text) => heard.push(text),
  });
  return { request, apiKey, controller, heard, result };
}

test("what is sent and what comes is told as it goes, and each part once", async () => {
  const { request, heard, result } = sending("secret");
  request.upload.onprogress?.({ loaded: 4 });
  request.upload.onload?.({});
  request.responseText = "ab";
  request.onprogress();
  request.responseText = "abc";
  request.onload();
  expect(await result).toEqual({ ok: true, value: { release: "1" } });
  expect(heard).toEqual([4, 10, "ab", "c"]);
  expect(request.headers).toEqual({ "content-type": "text/csv", "x-api-key": "secret" });
});

test("a refusal is a problem like any other, and its text no part of an answer", async () => {
  const { request, heard, result } = sending();
  request.status = 503;
  request.answered = { "retry-after": "1" };
  request.responseText = JSON.stringify({ title: "Overloaded", status: 503, detail: "full" });
  request.onprogress();
  request.onload();
  expect(await result).toMatchObject({ ok: false, failure: { kind: "problem", retryAfter_s: 1 } });
  expect(heard).toEqual([]);
});

test("a key that is refused is asked for again", async () => {
  const { request, apiKey, result } = sending("old");
  request.status = 401;
  request.responseText = JSON.stringify({ title: "Unauthorized", status: 401, detail: "no" });
  request.onload();
  await result;
  expect(apiKey.wanted.value).toBe("refused");
});

test("a connection that is lost, or given up, is a failure", async () => {
  const dropped = sending();
  dropped.request.onerror();
  expect(await dropped.result).toEqual({ ok: false, failure: { kind: "network" } });
  const stopped = sending();
  stopped.controller.abort();
  expect(await stopped.result).toEqual({ ok: false, failure: { kind: "network" } });
});
