import type { Models } from "../api/schema";
import { date } from "../numbers";
import { Name } from "../page/Name";
import { Scroll } from "../page/Scroll";
import type { Asked, History } from "../state/history";
import type { Outcome } from "../state/question";
import { type Difference, differences } from "./differences";

interface Props {
  models: Models;
  history: History;
  outcome: Outcome | null;
}

/** What the answer being shown has that the baseline had not. */
export function Differences({ models, history, outcome }: Props) {
  const baseline = history.baseline.value;
  if (!baseline || !fits(baseline, models) || outcome?.kind !== "answer") return null;
  const { inputs, answers } = differences(baseline, outcome, models.features);
  return (
    <section class="panel differences" aria-labelledby="differences">
      <header>
        <h2 id="differences">Beside the baseline</h2>
        <p class="muted">
          {baseline.answer.prediction}, asked {date(baseline.at)}
          {baseline.answer.release !== outcome.answer.release && ", of another release"}
        </p>
        <button type="button" class="quiet" onClick={() => history.pin(null)}>
          Unpin
        </button>
      </header>
      {inputs.length + answers.length === 0 ? (
        <p>Nothing is different.</p>
      ) : (
        <Scroll label="Differences">
          <table class="cells">
            <caption class="unseen">Differences to the baseline</caption>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Baseline</th>
                <th scope="col">Now</th>
                <th scope="col">Change</th>
              </tr>
            </thead>
            <Rows differences={inputs} />
            <Rows differences={answers} />
          </table>
        </Scroll>
      )}
    </section>
  );
}

function Rows({ differences }: { differences: Difference[] }) {
  return (
    <tbody>
      {differences.map(({ what, before, now, change }) => (
        <tr key={what}>
          <th scope="row">
            <Name>{what}</Name>
          </th>
          <td>{before}</td>
          <td>{now}</td>
          <td>{change}</td>
        </tr>
      ))}
    </tbody>
  );
}

/** Whether a question is one about this release's features. */
export function fits({ instance }: Asked, { features }: Models): boolean {
  return (
    features.length === Object.keys(instance).length &&
    features.every(({ name }) => Object.hasOwn(instance, name))
  );
}
