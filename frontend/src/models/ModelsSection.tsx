import type { Models } from "../api/schema";
import { Section } from "../page/Section";
import type { Watch } from "../state/watch";
import { Comparison } from "./Comparison";
import { DataSet } from "./DataSet";
import { ModelCard } from "./ModelCard";
import { Use } from "./Use";
import { Versions } from "./Versions";
import { introWords } from "./words";

/** A confusion matrix of more classes wants a wider card. */
const width = (classes: number) => (classes > 10 ? "widest" : classes > 6 ? "wide" : "");

/** What is known of each model, of the table behind them, and of what they are good for. */
export function ModelsSection({ models, watch }: { models: Models; watch: Watch }) {
  const health = watch.readiness.value?.models ?? {};
  const { comparison } = models;
  return (
    <Section id="models" title="Model cards" intro={introWords(models)}>
      <ul class={`model-cards ${width(models.classes.length)}`} aria-label="Model cards">
        {models.models.map((card) => (
          <li key={card.name}>
            <ModelCard card={card} status={health[card.name] ?? card.status} classes={models.classes} />
          </li>
        ))}
      </ul>
      <div class="parts">
        {comparison && comparison.same.length > 1 && (
          <Comparison
            comparison={comparison}
            names={models.models.slice(0, comparison.same.length).map(({ name }) => name)}
            rows={models.data.rows}
          />
        )}
        <Use models={models} />
        <DataSet models={models} />
        <Versions models={models} />
      </div>
    </Section>
  );
}
