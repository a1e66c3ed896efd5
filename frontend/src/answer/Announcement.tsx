import { useMemo } from "preact/hooks";
import type { Prediction } from "../api/schema";
import { probability } from "../numbers";
import type { Question } from "../state/question";
import { rested } from "../state/rested";
import { counted } from "../words";
import { agreementWords } from "./agreement";

/** What one drags through is not read out. */
const settled_ms = 500;

/** The answer in one sentence, for screen readers. Failures announce themselves. */
export function Announcement({ question }: { question: Question }) {
  const settled = useMemo(() => rested(question.outcome, settled_ms), [question]);
  const outcome = settled.value;
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
