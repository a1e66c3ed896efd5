import { useState } from "preact/hooks";
import { Name } from "../page/Name";
import { counted, list } from "../words";
import { ConfusionTable } from "./ConfusionTable";
import type { EvaluationResult, Score } from "./evaluation";
import { Scroll } from "./Scroll";
import { percent } from "./words";

interface Props {
  evaluation: EvaluationResult;
  /** The column that holds the true classes. */
  target: string;
}

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
          <Scroll class="bare" label="Accuracy">
            <table class="cells counts">
              <caption>Accuracy</caption>
              <thead>
                <tr>
                  <th scope="col">who</th>
                  <th scope="col">correct</th>
                  <th scope="col">accuracy</th>
                </tr>
              </thead>
              <tbody>
                {scores.map((score) => (
                  <tr key={nameOf(score)}>
                    <th scope="row">
                      <Name>{nameOf(score)}</Name>
                    </th>
                    <td>
                      {counts.format(score.correct)} of {counts.format(score.rows)}
                    </td>
                    <td>{percent(score.correct, score.rows)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          <div class="confusion">
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
            <ConfusionTable
              classes={classes}
              matrix={shown.matrix}
              label={`Confusion matrix of ${nameOf(shown)}`}
            />
          </div>
        </div>
      )}
    </section>
  );
}

const counts = new Intl.NumberFormat("en");
