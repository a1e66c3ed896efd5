/** The release's examples, and the first of them in a form that nobody has touched. */
import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Client } from "../api/client";
import type { Dataset, Instance, Models } from "../api/schema";
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
  /** What the list is from; nothing while it has to be found anew. */
  let source: { release: string; dataset: Dataset | null } | null = null;

  effect(() => {
    const models = watch.models.value;
    const dataset = sample.value;
    if (!models || dataset === "loading" || (dataset && dataset.release !== models.release)) return;
    if (models.release === source?.release && dataset === source.dataset) return;
    const mine = { release: models.release, dataset };
    source = mine;
    untracked(() => void find(models, mine));
  });

  async function find(models: Models, mine: NonNullable<typeof source>) {
    const rows = mine.dataset && sampled(mine.dataset);
    const found = rows ?? (await predicted(drawn(models, drawn_rows, random)));
    if (source !== mine) return;
    if (!found) source = null; // until a model comes back
    candidates = found ?? [];
    list.value = findExamples(models, candidates);
    const [first] = list.peek();
    if (question.untouched.peek()) {
      if (first) use(first);
      else void question.ask();
    }
    if (rows) await verify(mine, disagreements(rows).slice(0, verified_rows));
  }

  /** The served models have seen the sample's rows: one on which they too disagree is the better example. */
  async function verify(mine: typeof source, contested: readonly Candidate[]) {
    if (!contested.length) return;
    const [still] = disagreements((await predicted(contested.map(({ instance }) => instance))) ?? []);
    const better = contested.find(({ instance }) => instance === still?.instance);
    if (better && source === mine) {
      list.value = list.peek().map((each) => (each.kind === "disagreement" ? asDisagreement(better) : each));
    }
  }

  async function predicted(instances: Instance[]): Promise<Candidate[] | null> {
    const result = await client.batch(instances);
    return result.ok ? answered(instances, result.value.predictions) : null;
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
