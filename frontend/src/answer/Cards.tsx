import type { MemberAnswer, Models, Readiness } from "../api/schema";
import { AnswerCard } from "./AnswerCard";
import { IdleCard } from "./IdleCard";

interface Props {
  models: Models;
  health: NonNullable<Readiness["models"]>;
  /** What each model answered; null before a question. */
  members: Record<string, MemberAnswer> | null | undefined;
}

export function Cards({ models, health, members }: Props) {
  return (
    <ul class="cards" aria-label="Models">
      {members
        ? Object.entries(members).map(([name, member]) => (
            <li key={name}>
              <AnswerCard name={name} member={member} models={models} />
            </li>
          ))
        : models.models.map((card) => (
            <li key={card.name}>
              <IdleCard card={card} status={health[card.name] ?? card.status} classes={models.classes} />
            </li>
          ))}
    </ul>
  );
}
