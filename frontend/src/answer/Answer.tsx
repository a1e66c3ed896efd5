import { useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Models, Readiness } from "../api/schema";
import { sameValues } from "../form/values";
import type { Outcome, Question } from "../state/question";
import type { Watch } from "../state/watch";
import { Cards } from "./Cards";
import { FailurePanel } from "./FailurePanel";
import { Invalid } from "./Invalid";
import { Unasked } from "./Unasked";
import { Verdict } from "./Verdict";

interface Props {
  models: Models;
  watch: Watch;
  question: Question;
}

/** The merged answer and each model's part of it, or why there is none. */
export function Answer({ models, watch, question }: Props) {
  const outcome = question.outcome.value;
  const health = watch.readiness.value?.models ?? {};
  const outdated = useComputed(
    () =>
      question.outcome.value?.kind === "answer" &&
      !sameValues(question.outcome.value.values, question.values.value),
  );
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (outcome && outcome.kind !== "invalid")
      section.current?.firstElementChild?.scrollIntoView({ block: "nearest" });
  }, [outcome]);
  return (
    <section ref={section} class="answer" aria-label="Answer" aria-busy={question.asking.value}>
      <Headline models={models} health={health} outcome={outcome} outdated={outdated.value} />
      <Cards models={models} health={health} members={membersOf(outcome)} />
    </section>
  );
}

interface HeadlineProps {
  models: Models;
  health: NonNullable<Readiness["models"]>;
  outcome: Outcome | null;
  outdated: boolean;
}

function Headline({ models, health, outcome, outdated }: HeadlineProps) {
  switch (outcome?.kind) {
    case "answer":
      return <Verdict models={models} answer={outcome.answer} outdated={outdated} />;
    case "invalid":
      return <Invalid general={outcome.general} />;
    case "failure":
      return <FailurePanel failure={outcome.failure} />;
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
