import { sentence } from "../api/failure";
import type { ModelCard as Card } from "../api/schema";
import { ConfusionMatrix } from "../figures/ConfusionMatrix";
import { Fact } from "../page/Fact";
import { Icon } from "../page/Icon";
import { Name } from "../page/Name";
import { Version } from "../page/Version";
import { Measures } from "./Measures";
import { Parameters } from "./Parameters";
import { Sentences } from "./Sentences";

interface Props {
  card: Card;
  /** As of the last look. */
  status: Card["status"];
  classes: readonly string[];
}

/** What is known of one model. Of a server that is not part of the release, that is little. */
export function ModelCard({ card, status, classes }: Props) {
  const { name, metrics, limits } = card;
  const ready = status === "ready";
  return (
    <article class="panel card model-card">
      <header>
        <h3>
          <Name>{name}</Name>
        </h3>
        <p class={ready ? "state" : "state warn"}>
          <Icon name={ready ? "check" : "warning"} /> {ready ? "ready" : "unavailable"}
        </p>
      </header>
      {!ready && card.error && <p class="muted">{sentence(card.error)}</p>}
      {metrics ? (
        <>
          <Measures metrics={metrics} />
          <ConfusionMatrix
            caption={`${name}: rows by true and predicted class`}
            classes={classes}
            matrix={metrics.confusion_matrix}
          />
        </>
      ) : (
        <p class="muted">
          Nothing is known of its training. It is a server of its own beside this release’s models, and takes
          part in their answers.
        </p>
      )}
      <Sentences sentences={limits} />
      <CardFacts card={card} />
      <Parameters parameters={card.parameters} />
    </article>
  );
}

function CardFacts({ card: { framework, engine, engines_refused, version } }: { card: Card }) {
  if (!framework && !engine && !version) return null;
  return (
    <dl class="facts">
      {framework && <Fact name="framework">{framework}</Fact>}
      {engine && (
        <Fact name="engine">
          <Name>{engine}</Name>
        </Fact>
      )}
      {Object.entries(engines_refused).map(([refused, why]) => (
        <Fact key={refused} name="engine refused">
          <Name>{`${refused}: ${why}`}</Name>
        </Fact>
      ))}
      {version && (
        <Fact name="version">
          <Version version={version} />
        </Fact>
      )}
    </dl>
  );
}
