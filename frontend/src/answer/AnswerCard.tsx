import type { MemberAnswer, Models } from "../api/schema";
import { toneOf } from "../marks";
import { Name } from "../page/Name";
import { statusWords } from "./agreement";
import { Bars } from "./Bars";
import { classOrder } from "./classes";
import { Facts } from "./Facts";
import { SilentCard } from "./SilentCard";

/** One model's answer; where it gave none, what happened. */
export function AnswerCard({ name, member, models }: { name: string; member: MemberAnswer; models: Models }) {
  const probabilities = member.status === "ok" ? member.probabilities : null;
  if (!probabilities) {
    return (
      <SilentCard
        name={name}
        happened={statusWords(member).replace(/^is /, "")}
        engine={member.engine}
        version={member.version}
      />
    );
  }
  const classes = classOrder(models, probabilities);
  return (
    <article class="panel card">
      <h3>
        <Name>{name}</Name>
      </h3>
      <p class="prediction">
        <span class={`swatch ${toneOf(classes.indexOf(member.prediction ?? ""))}`} aria-hidden="true" />
        <strong>
          <Name>{member.prediction ?? ""}</Name>
        </strong>
      </p>
      <Bars
        caption={`${name}: probability of each class`}
        classes={classes}
        probabilities={probabilities}
        predicted={member.prediction}
      />
      <Facts
        status="answered"
        latency_ms={member.latency_ms}
        engine={member.engine}
        version={member.version}
      />
    </article>
  );
}
