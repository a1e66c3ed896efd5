/** The release's examples, and the first of them in a form that nobody has touched. */
import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Client } from "../api/client";
import type { Instance, Models } from "../api/schema";
import { answered, type Candidate, drawn, sampled } from "../examples/candidates";
import { asDisagreement, disagreements, type Example, findExamples } from "../examples/find";
import { textsOf } from "../form/values";
import type { Question } from "./question";
import type { Sample } from "./sample";
import type { Watch } from "./watch";

const drawn_rows = 256;
const verified_rows = 64;

export interface Examples {
  /** Empty until they are found. */
  list: ReadonlySignal<readonly Example[]>;
  use(example: Pick<Example, "instance" | "words" | "trueClass">): void;
  /** Use any row of the sample, or one drawn from the ranges. */
  random(): void;
}

export function createExamples(
  client: Client,
  watch: Watch,
  sample: Sample,
  question: Question,
  random: () => number = Math.random,
): Examples {
  const list = signal<readonly Example[]>([]);
  let candidates: readonly Candidate[] = [];
  let release: Models | null = null;

  effect(() => {
    const models = watch.models.value;
    const dataset = sample.value;
    if (!models || dataset === "loading" || (dataset && dataset.release !== models.release)) return;
    if (models.release === release?.release) return;
    release = models;
    untracked(() => void find(models, dataset ? sampled(dataset) : null));
  });

  async function find(models: Models, rows: Candidate[] | null) {
    const found = rows ?? (await predicted(drawn(models, drawn_rows, random)));
    if (release !== models) return;
    candidates = found;
    list.value = findExamples(models, found);
    const [first] = list.peek();
    if (question.untouched.peek()) {
      if (first) use(first);
      else void question.ask();
    }
    if (rows) await verify(models, disagreements(rows).slice(0, verified_rows));
  }

  /** The served models have seen the sample's rows: one on which they too disagree is the better example. */
  async function verify(models: Models, contested: readonly Candidate[]) {
    if (!contested.length) return;
    const [still] = disagreements(await predicted(contested.map(({ instance }) => instance)));
    const better = contested.find(({ instance }) => instance === still?.instance);
    if (better && release === models) {
      list.value = list.peek().map((each) => (each.kind === "disagreement" ? asDisagreement(better) : each));
    }
  }

  async function predicted(instances: Instance[]): Promise<Candidate[]> {
    const result = await client.batch(instances);
    return result.ok ? answered(instances, result.value.predictions) : [];
  }

  function use({ instance, words, trueClass }: Pick<Example, "instance" | "words" | "trueClass">) {
    question.load(textsOf(instance), { words, ...(trueClass !== undefined && { trueClass }) });
  }

  return {
    list,
    use,
    random() {
      const models = watch.models.peek();
      const candidate = candidates[Math.floor(random() * candidates.length)];
      if (candidate)
        use({ ...candidate, ...(candidate.label !== undefined && { trueClass: candidate.label }) });
      else if (models) {
        const [instance = {}] = drawn(models, 1, random);
        use({ instance, words: "Drawn from the training ranges" });
      }
    },
  };
}
