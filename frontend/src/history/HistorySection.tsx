import type { Instance, Models } from "../api/schema";
import { textsOf } from "../form/values";
import { date, number, probability } from "../numbers";
import { Scroll } from "../page/Scroll";
import { Section } from "../page/Section";
import { type Asked, type History, same } from "../state/history";
import type { Question } from "../state/question";
import { fits } from "./Differences";

interface Props {
  models: Models;
  question: Question;
  history: History;
}

/** The last questions, each of which can be asked again or be the baseline. */
export function HistorySection({ models, question, history }: Props) {
  const list = history.list.value.filter((asked) => fits(asked, models));
  return (
    <Section
      id="history"
      title="History"
      intro="The last 20 questions whose answer stood for a second. They stay in this browser. Pin one as the baseline, and every answer shows what is different."
    >
      {list.length === 0 ? (
        <p class="muted">Nothing has been asked yet.</p>
      ) : (
        <>
          <Scroll label="Questions" class="boxed">
            <table class="cells history">
              <caption class="unseen">The last questions, the newest first</caption>
              <thead>
                <tr>
                  <th scope="col">Soft vote</th>
                  <th scope="col">Agree</th>
                  <th scope="col">
                    <span class="unseen">Actions</span>
                  </th>
                  <th scope="col">Input</th>
                  <th scope="col">Asked</th>
                </tr>
              </thead>
              <tbody>
                {list.map((asked) => (
                  <Row key={asked.at} {...{ asked, question, history }} />
                ))}
              </tbody>
            </table>
          </Scroll>
          <button type="button" class="quiet" onClick={history.clear}>
            Clear the history
          </button>
        </>
      )}
    </Section>
  );
}

function Row({ asked, question, history }: { asked: Asked; question: Question; history: History }) {
  const { instance, answer, at } = asked;
  const baseline = history.baseline.value;
  const pinned = baseline !== null && same(baseline.instance, instance);
  const about = `${answer.prediction} of ${date(at)}`;
  return (
    <tr>
      <td>
        {answer.prediction} {probability(answer.probabilities[answer.prediction] ?? 0)}
      </td>
      <td>
        {answer.agreement.votes} of {answer.agreement.of}
      </td>
      <td class="actions">
        <button
          type="button"
          class="quiet"
          onClick={() => {
            question.load(textsOf(instance), { words: `From the history, ${date(at)}` });
            document.getElementById("answer")?.scrollIntoView({ block: "start" });
          }}
        >
          Ask again<span class="unseen">: {about}</span>
        </button>
        <button
          type="button"
          class="quiet"
          aria-pressed={pinned}
          onClick={() => history.pin(pinned ? null : asked)}
        >
          {pinned ? "Pinned" : "Pin"}
          <span class="unseen"> as the baseline: {about}</span>
        </button>
      </td>
      <td class="input">{inputWords(instance)}</td>
      <td>
        <time dateTime={at}>{date(at)}</time>
      </td>
    </tr>
  );
}

/** "5.1, 3.5, 1.4, 0.2" */
const inputWords = (instance: Instance) =>
  Object.values(instance)
    .map((value) => (typeof value === "number" ? number(value) : value === null ? "–" : String(value)))
    .join(", ");
