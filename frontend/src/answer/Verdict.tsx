import type { Models, Prediction } from "../api/schema";
import { probability } from "../numbers";
import { Icon } from "../page/Icon";
import { Name } from "../page/Name";
import { agreementWords } from "./agreement";
import { Bars } from "./Bars";
import { classOrder } from "./classes";
import { Warnings } from "./Warnings";

interface Props {
  models: Models;
  answer: Prediction;
  /** The form has changed since. */
  outdated: boolean;
}

/** The soft vote: what it says, how sure it is, and how far the models agree. */
export function Verdict({ models, answer, outdated }: Props) {
  const classes = classOrder(models, answer.probabilities);
  const { headline, details } = agreementWords(answer);
  const unanimous = !answer.partial && !details;
  return (
    <div class="verdict">
      <div class="decision">
        <h2>Soft vote</h2>
        <p class="prediction">
          <span class={`swatch tone-${classes.indexOf(answer.prediction) % 8}`} aria-hidden="true" />
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
          <span>
            <strong>{headline}</strong>
            {details}
          </span>
        </p>
        {outdated && <p class="muted">The input has changed since; press Predict to ask again.</p>}
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
