import { sentence } from "../api/failure";
import type { MemberAnswer, Models } from "../api/schema";
import { milliseconds } from "../numbers";
import { Icon } from "../page/Icon";
import { Name } from "../page/Name";
import { statusWords } from "./agreement";
import { Bars } from "./Bars";
import { classOrder } from "./classes";
import { Facts } from "./Facts";

/** One model's answer; where it gave none, what happened. */
export function AnswerCard({ name, member, models }: { name: string; member: MemberAnswer; models: Models }) {
  const probabilities = member.status === "ok" ? member.probabilities : null;
  if (!probabilities) {
    return (
      <article class="card failed">
        <h3>
          <Name>{name}</Name>
        </h3>
        <p class="happened">
          <Icon name="cross" /> <span>{sentence(statusWords(member).replace(/^is /, ""))}</span>
        </p>
        <Facts facts={{ version: member.version, engine: member.engine }} />
      </article>
    );
  }
  const classes = classOrder(models, probabilities);
  return (
    <article class="card">
      <h3>
        <Name>{name}</Name>
      </h3>
      <p class="prediction">
        <span class={`swatch tone-${classes.indexOf(member.prediction ?? "") % 8}`} aria-hidden="true" />
        <strong>{member.prediction}</strong>
      </p>
      <Bars
        caption={`${name}: probability of each class`}
        classes={classes}
        probabilities={probabilities}
        predicted={member.prediction}
      />
      <Facts
        facts={{
          latency: member.latency_ms == null ? null : milliseconds(member.latency_ms),
          engine: member.engine,
          version: member.version,
        }}
      />
    </article>
  );
}
