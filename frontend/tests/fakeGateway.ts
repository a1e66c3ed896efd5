import type { Client, ReadResult, Result } from "../src/api/client";
import type { Failure } from "../src/api/failure";
import type { BatchPrediction, Dataset, Instance, Models, Prediction, Readiness } from "../src/api/schema";
import { createApiKey } from "../src/state/apiKey";
import { createExamples } from "../src/state/examples";
import { createQuestion, type Question } from "../src/state/question";
import { createSample } from "../src/state/sample";
import { createWatch, type Watch } from "../src/state/watch";
import { FakeStorage } from "./fakeStorage";

export const good = <T>(value: unknown): ReadResult<T> => ({
  ok: true,
  value: value as T,
  text: JSON.stringify(value),
});
export const bad = (): { ok: false; failure: Failure } => ({ ok: false, failure: { kind: "network" } });

/** Something that comes when it is given. */
export function later<T>() {
  let give = (_: T) => {};
  const coming = new Promise<T>((resolve) => {
    give = resolve;
  });
  return { coming, give };
}

export function release(id: string, ...names: string[]): Models {
  const features = names.map((name) => ({
    name,
    kind: "number",
    nullable: false,
    min: 0,
    max: 4,
    mean: 2,
    categories: [],
    quantiles: [0, 1, 4],
  }));
  const served = { release: id, created: "", features, classes: ["a", "b"], models: [], sample: true };
  return served as unknown as Models;
}

/** A gateway that serves `served`, and answers predictions with what `answers` holds, in turn. */
export class FakeGateway implements Client {
  answers: (ReadResult<Prediction> | Promise<ReadResult<Prediction>>)[] = [];
  asked: Instance[] = [];
  batches: (readonly Instance[])[] = [];
  health: Readiness["models"] = {};
  sample: Result<Dataset> = bad();
  constructor(public served: Models) {}
  predict = async (instance: Instance) => {
    this.asked.push(instance);
    return this.answers.shift() ?? good<Prediction>({ release: this.served.release, models: {} });
  };
  /** Two models: `x` below 2 is an a for both, above an a for one and a b for the other. */
  batch = async (instances: readonly Instance[]) => {
    this.batches.push(instances);
    const predictions = instances.map(({ x }) => ({
      models: { m: { prediction: "a" }, n: { prediction: Number(x) < 2 ? "a" : "b" } },
    }));
    return good<BatchPrediction>({ predictions, release: this.served.release });
  };
  models = async () => good<Models>(this.served);
  dataset = async () => this.sample;
  readiness = async () => good<Readiness>({ ready: true, release: this.served.release, models: this.health });
}

/** The state of a page that was opened on this gateway, with all randomness in the middle. */
export async function opened(
  gateway: FakeGateway,
  besides: (watch: Watch, question: Question) => void = () => {},
) {
  const apiKey = createApiKey(() => new FakeStorage());
  const watch = createWatch(gateway, apiKey);
  const question = createQuestion(gateway, watch, apiKey);
  const sample = createSample(gateway, watch);
  const examples = createExamples(gateway, watch, sample, question, () => 0.5);
  besides(watch, question);
  await watch.check();
  await new Promise((settled) => setTimeout(settled));
  return { watch, question, sample, examples };
}
