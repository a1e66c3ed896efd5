/** The gateway's API. Addresses are relative to the page, so that both work under any path prefix. */
import type { ApiKey } from "../state/apiKey";
import { type Failure, isProblem } from "./failure";
import type {
  BatchPrediction,
  Dataset,
  Instance,
  Models,
  Prediction,
  Problem,
  Readiness,
  TableColumns,
} from "./schema";
import { upload, type Watching } from "./upload";

export type Result<T, More = unknown> = ({ ok: true; value: T } & More) | { ok: false; failure: Failure };
/** With the answer's text as it came. */
export type ReadResult<T> = Result<T, { text: string }>;

export interface Client {
  predict(instance: Instance, signal?: AbortSignal): Promise<ReadResult<Prediction>>;
  batch(instances: readonly Instance[], signal?: AbortSignal): Promise<Result<BatchPrediction>>;
  models(): Promise<Result<Models>>;
  /** The sample of the release's table; a 404 where it was published without one. */
  dataset(): Promise<Result<Dataset>>;
  readiness(): Promise<Result<Readiness>>;
}

export interface TableClient {
  /** How a table would be read, from its beginning. */
  columns(start: Blob, signal: AbortSignal): Promise<Result<TableColumns>>;
  /** Send a whole table; the answer's text goes to `watching`. Which release it is from, where that is told. */
  table(file: Blob, watching: Watching): Promise<Result<{ release: string | null }>>;
}

const patience_ms = 10_000;

/** Who does not tell its health for this long is not well. */
export const health_patience_ms = 3_000;

export function createClient(
  fetch: typeof globalThis.fetch,
  apiKey: ApiKey,
  createRequest: () => XMLHttpRequest = () => new XMLHttpRequest(),
): Client & TableClient {
  async function call<T>(
    path: string,
    isAnswer: (body: object) => body is T & object,
    init: RequestInit = {},
    within_ms = patience_ms,
  ) {
    const late = AbortSignal.timeout(within_ms);
    const signal = init.signal ? AbortSignal.any([init.signal, late]) : late;
    try {
      return await read(await fetch(path, { ...init, signal, cache: "no-store" }), isAnswer);
    } catch {
      return failed({ kind: late.aborted ? "timeout" : "network" });
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
    return told(await call(path, isAnswer, { ...init, headers }), key);
  }

  function told<R extends Result<unknown>>(result: R, key: string | null): R {
    if (!result.ok && isProblem(result.failure, 401)) apiKey.refused(key);
    else if (result.ok || result.failure.kind === "problem") apiKey.accepted();
    return result;
  }

  async function table(file: Blob, watching: Watching): Promise<Result<{ release: string | null }>> {
    const key = apiKey.value.peek();
    const headers = { "content-type": csv, ...(key !== null && { "x-api-key": key }) };
    try {
      const response = await upload(createRequest(), "predict/csv", file, headers, watching);
      if (!response.ok) return told(await read(response, (body): body is never => !body), key);
      return told({ ok: true, value: { release: response.headers.get("x-release") } }, key);
    } catch {
      return failed({ kind: "network" });
    }
  }

  return {
    predict: (instance, signal) => keyed("predict", isPrediction, posted(instance, signal)),
    batch: (instances, signal) =>
      keyed("predict/batch", has<BatchPrediction>("predictions", "release"), posted({ instances }, signal)),
    models: () => keyed("models", has<Models>("release", "features", "classes", "models")),
    dataset: () => keyed("dataset", has<Dataset>("rows", "labels", "predictions")),
    columns: (start, signal) =>
      keyed("predict/csv/columns", has<TableColumns>("delimiter", "columns", "features", "problems"), {
        method: "POST",
        headers: { "content-type": csv },
        body: start,
        signal,
      }),
    table,
    readiness: () => call("health/ready", has<Readiness>("ready"), {}, health_patience_ms), // a 503 has the same body
  };
}

const csv = "text/csv";

const posted = (body: object, signal?: AbortSignal): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
  ...(signal && { signal }),
});

async function read<T>(
  response: Response,
  isAnswer: (body: object) => body is T & object,
): Promise<ReadResult<T>> {
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
    members.every((member) => Object.hasOwn(body, member) && (body as T)[member] != null);

const isPrediction = has<Prediction>(
  "prediction",
  "probability",
  "probabilities",
  "agreement",
  "warnings",
  "models",
  "release",
);
const isProblemDocument = has<Problem>("title", "status", "detail");

const failed = (failure: Failure) => ({ ok: false as const, failure });
