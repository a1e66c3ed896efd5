import type { Models } from "../api/schema";
import { toneOf } from "../marks";
import { probability } from "../numbers";
import type { Outcome } from "../state/question";

/** The answer in a line that stays in sight on a narrow screen, where the form may be long. Said elsewhere, so unsaid. */
export function Brief({ models, outcome }: { models: Models; outcome: Outcome | null }) {
  if (outcome?.kind !== "answer") return null;
  const { prediction, agreement, ...answer } = outcome.answer;
  return (
    <p class="brief" aria-hidden="true">
      <span class={`swatch ${toneOf(models.classes.indexOf(prediction))}`} />
      <strong>{prediction}</strong>
      <span>{probability(answer.probability)}</span>
      <span class="muted">
        {agreement.votes} of {agreement.of}
      </span>
    </p>
  );
}
