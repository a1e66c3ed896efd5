import type { Models, Readiness } from "../api/schema";
import { Differences } from "../history/Differences";
import type { History } from "../state/history";
import type { Origin, Outcome, Question } from "../state/question";
import type { Watch } from "../state/watch";
import { Cards } from "./Cards";
import { FailurePanel } from "./FailurePanel";
import { Refused } from "./Refused";
import { Unasked } from "./Unasked";
import { Verdict } from "./Verdict";

interface Props {
  models: Models;
  watch: Watch;
  question: Question;
  history: History;
}

/** The merged answer and each model's part of it, or why there is none. */
export function Answer({ models, watch, question, history }: Props) {
  const outcome = question.outcome.value;
  const health = watch.readiness.value?.models ?? {};
  const unfinished = question.instance.value === null && outcome?.kind === "answer";
  return (
    <section
      id="answer"
      class={unfinished ? "answer stale" : "answer"}
      aria-label="Answer"
      aria-busy={question.asking.value}
    >
      <Headline
        models={models}
        health={health}
        outcome={outcome}
        origin={question.origin.value}
        unfinished={unfinished}
        ask={question.ask}
      />
      <Cards models={models} health={health} members={membersOf(outcome)} />
      <Differences models={models} history={history} outcome={outcome} />
    </section>
  );
}

interface HeadlineProps {
  models: Models;
  health: NonNullable<Readiness["models"]>;
  outcome: Outcome | null;
  origin: Origin | null;
  /** The form has changed since, into something that cannot be asked. */
  unfinished: boolean;
  ask(): Promise<void>;
}

function Headline({ models, health, outcome, origin, unfinished, ask }: HeadlineProps) {
  switch (outcome?.kind) {
    case "answer":
      return <Verdict {...{ models, answer: outcome.answer, origin, unfinished }} />;
    case "refused":
      return <Refused general={outcome.general} />;
    case "failure":
      return <FailurePanel failure={outcome.failure} ask={ask} />;
    default:
      return <Unasked models={models} health={health} />;
  }
}

function membersOf(outcome: Outcome | null) {
  if (outcome?.kind === "answer") return outcome.answer.models;
  if (outcome?.kind === "failure" && outcome.failure.kind === "problem")
    return outcome.failure.problem.models;
  return null;
}
