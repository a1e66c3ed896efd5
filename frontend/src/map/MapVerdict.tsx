import { agreementWords } from "../answer/agreement";
import type { Models } from "../api/schema";
import { probability } from "../numbers";
import { Name } from "../page/Name";
import type { Question } from "../state/question";
import { ClassMark } from "./ClassMark";

/** The soft vote beside the plot, where it is seen while the point moves. */
export function MapVerdict({ models, question }: { models: Models; question: Question }) {
  const outcome = question.outcome.value;
  if (!question.instance.value || outcome?.kind !== "answer")
    return <p class="map-verdict muted">No answer for this input yet.</p>;
  const { answer } = outcome;
  return (
    <div class="map-verdict">
      <p class="muted">Soft vote here</p>
      <p class="prediction">
        <ClassMark index={models.classes.indexOf(answer.prediction)} />
        <strong>
          <Name>{answer.prediction}</Name>
        </strong>
        <span class="probability">{probability(answer.probability)}</span>
      </p>
      <p class="muted">{agreementWords(answer).badge}</p>
    </div>
  );
}
