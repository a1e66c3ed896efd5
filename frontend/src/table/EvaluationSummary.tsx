import { useState } from "preact/hooks";
import { ConfusionMatrix } from "../figures/ConfusionMatrix";
import { percent } from "../figures/shares";
import { grouped } from "../numbers";
import { Name } from "../page/Name";
import { counted, list } from "../words";
import type { EvaluationResult, Score } from "./evaluation";
import { SharesTable } from "./SharesTable";

interface Props {
  evaluation: EvaluationResult;
  /** The column that holds the true classes. */
  target: string;
}

/** A confusion matrix of more classes stands below the accuracies. */
const beside = 8;

const nameOf = ({ name }: Score) => name ?? "the vote";

/** How right the vote and each model are, by the table's own true classes. */
export function EvaluationSummary({ evaluation, target }: Props) {
  const { classes, scores, unlabeled, unknown } = evaluation;
  const [chosen, setChosen] = useState(0);
  const shown = scores[chosen];
  const judged = Math.max(...scores.map(({ rows }) => rows));
  return (
    <section class="evaluation" aria-labelledby="rows-evaluation">
      <h4 id="rows-evaluation">Evaluation by {target}</h4>
      <p class="muted">Rows that the models were trained on make them look better than they are.</p>
      {unknown.rows > 0 && (
        <p class="muted">
          {counted(unknown.rows, "row")} left out: {list(unknown.labels.map((label) => `“${label}”`))}
          {unknown.more && " and the like"} {unknown.labels.length === 1 ? "is" : "are"} no class of this
          release.
        </p>
      )}
      {unlabeled > 0 && <p class="muted">{counted(unlabeled, "row")} left out: no true class is given.</p>}
      {judged > 0 && shown && (
        <div class="tables">
          <SharesTable
            caption="Accuracy"
            heads={["who", "correct", "accuracy"]}
            lines={scores.map((score) => ({
              key: nameOf(score),
              name: <Name>{nameOf(score)}</Name>,
              count: `${grouped(score.correct)} of ${grouped(score.rows)}`,
              share: percent(score.correct, score.rows),
            }))}
          />
          <div class={classes.length > beside ? "matrix-choice below" : "matrix-choice"}>
            <label for="rows-confusion">Confusion matrix of</label>
            <select
              id="rows-confusion"
              value={String(chosen)}
              onChange={(event) => setChosen(Number(event.currentTarget.value))}
            >
              {scores.map((score, index) => (
                <option key={nameOf(score)} value={String(index)}>
                  {nameOf(score)}
                </option>
              ))}
            </select>
            <ConfusionMatrix
              caption={`Confusion matrix of ${nameOf(shown)}`}
              captionUnseen
              classes={classes}
              matrix={shown.matrix}
            />
          </div>
        </div>
      )}
    </section>
  );
}
