/** The gateway's API. Addresses are relative to the page, so that both work under any path prefix. */
import type { ApiKey } from "../state/apiKey";
import { type Failure, isProblem } from "./failure";
import type { BatchPrediction, Dataset, Instance, Models, Prediction, Problem, Readiness } from "./schema";

/** `text` is the answer as it came. */
export type Result<T> = { ok: true; value: T; text: string } | { ok: false; failure: Failure };

export interface Client {
  predict(instance: Instance, signal?: AbortSignal): Promise<Result<Prediction>>;
  batch(instances: readonly Instance[], signal?: AbortSignal): Promise<Result<BatchPrediction>>;
  models(): Promise<Result<Models>>;
  /** The sample of the release's table; a 404 where it was published without one. */
  dataset(): Promise<Result<Dataset>>;
  readiness(): Promise<Result<Readiness>>;
}

export const patience_ms = 10_000;

export function createClient(fetch: typeof globalThis.fetch, apiKey: ApiKey): Client {
  async function call<T>(
    path: string,
    isAnswer: (body: object) => body is T & object,
    init: RequestInit = {},
  ) {
    const late = AbortSignal.timeout(patience_ms);
    const signal = init.signal ? AbortSignal.any([init.signal, late]) : late;
    try {
      return await read(await fetch(path, { ...init, signal, cache: "no-store" }), isAnswer);
    } catch {
      return failed<T>({ kind: late.aborted ? "timeout" : "network" });
    }
  }

  /** As `call`, with the API key; health needs none. */
  async function keyed<T>(
    path: string,
    isAnswer: (body: object) => body is T & object,
    init: RequestInit = {},
  ) {
    const key = apiKey.value.peek();
    const headers = new Headers(init.headers);
    if (key !== null) headers.set("x-api-key", key);
    const result = await call(path, isAnswer, { ...init, headers });
    if (!result.ok && isProblem(result.failure, 401)) apiKey.refused(key);
    else if (result.ok || result.failure.kind === "problem") apiKey.accepted();
    return result;
  }

  return {
    predict: (instance, signal) =>
      keyed("predict", has<Prediction>("prediction", "models", "agreement"), posted(instance, signal)),
    batch: (instances, signal) =>
      keyed("predict/batch", has<BatchPrediction>("predictions", "release"), posted({ instances }, signal)),
    models: () => keyed("models", has<Models>("release", "features", "classes", "models")),
    dataset: () => keyed("dataset", has<Dataset>("rows", "labels", "predictions")),
    readiness: () => call("health/ready", has<Readiness>("ready")), // a 503 has the same body
  };
}

const posted = (body: object, signal?: AbortSignal): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
  ...(signal && { signal }),
});

async function read<T>(
  response: Response,
  isAnswer: (body: object) => body is T & object,
): Promise<Result<T>> {
  const text = await response.text();
  const body = parse(text);
  if (body && isAnswer(body)) return { ok: true, value: body, text };
  if (body && isProblemDocument(body)) {
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    return failed({ kind: "problem", problem: body, ...(seconds > 0 && { retryAfter_s: seconds }) });
  }
  return failed({ kind: "unreadable", status: response.status });
}

function parse(text: string): object | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" ? body : null;
  } catch {
    return null;
  }
}

const has =
  <T>(...members: (keyof T & string)[]) =>
  (body: object): body is T & object =>
    members.every((member) => Object.hasOwn(body, member));

const isProblemDocument = has<Problem>("title", "status", "detail");

const failed = <T>(failure: Failure): Result<T> => ({ ok: false, failure });
