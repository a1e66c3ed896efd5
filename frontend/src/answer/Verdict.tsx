import type { Models, Prediction } from "../api/schema";
import { toneOf } from "../marks";
import { probability } from "../numbers";
import { Icon } from "../page/Icon";
import { Name } from "../page/Name";
import type { Origin } from "../state/question";
import { agreementWords } from "./agreement";
import { Bars } from "./Bars";
import { classOrder } from "./classes";
import { margin } from "./margin";
import { TrueClass } from "./TrueClass";
import { Warnings } from "./Warnings";

interface Props {
  models: Models;
  answer: Prediction;
  /** Where the row that was asked about came from; null once it was changed. */
  origin: Origin | null;
  /** The form has changed since, into something that cannot be asked. */
  unfinished: boolean;
}

/** The soft vote: what it says, how sure it is, and how far the models agree. */
export function Verdict({ models, answer, origin, unfinished }: Props) {
  const classes = classOrder(models, answer.probabilities);
  const { badge, dissent } = agreementWords(answer);
  const unanimous = !answer.partial && !dissent;
  const lead = margin(answer.prediction, answer.probabilities);
  return (
    <div class="panel verdict">
      <div class="decision">
        <h2>Soft vote</h2>
        <p class="prediction">
          <span class={`swatch ${toneOf(classes.indexOf(answer.prediction))}`} aria-hidden="true" />
          <strong>
            <Name>{answer.prediction}</Name>
          </strong>
          <span class="probability">
            <span class="unseen">probability </span>
            {probability(answer.probability)}
          </span>
        </p>
        <p class={unanimous ? "agreement" : "agreement mixed"}>
          <Icon name={unanimous ? "check" : "warning"} />
          <strong>{badge}</strong>
        </p>
        {dissent && <p class="muted">{dissent}</p>}
        {lead && (
          <p class="muted">
            Margin {probability(lead.margin)} over {lead.runnerUp}
          </p>
        )}
        {origin && <TrueClass origin={origin} prediction={answer.prediction} />}
        {unfinished && (
          <p class="muted">This answers the input as it was: a field has no value that can be sent.</p>
        )}
      </div>
      <Bars
        caption="Soft vote: mean probability of each class over the models that answered"
        classes={classes}
        probabilities={answer.probabilities}
        predicted={answer.prediction}
      />
      <Warnings warnings={answer.warnings} features={models.features} />
    </div>
  );
}
