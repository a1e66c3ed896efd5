import type { Prediction } from "../api/schema";
import { probability } from "../numbers";
import type { Question } from "../state/question";
import { counted } from "../words";
import { agreementWords } from "./agreement";

/** The answer in one sentence, for screen readers. Failures announce themselves. */
export function Announcement({ question }: { question: Question }) {
  const outcome = question.outcome.value;
  return (
    <p class="unseen" role="status">
      {outcome?.kind === "answer" && announcement(outcome.answer)}
    </p>
  );
}

function announcement(answer: Prediction): string {
  const { badge, dissent } = agreementWords(answer);
  const warnings = answer.warnings.length ? ` ${counted(answer.warnings.length, "warning")}.` : "";
  const agreement = dissent ? `${badge}; ${dissent}` : badge;
  return `${answer.prediction}, probability ${probability(answer.probability)}. ${agreement}.${warnings}`;
}
