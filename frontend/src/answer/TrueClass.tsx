import { Icon } from "../page/Icon";
import type { Origin } from "../state/question";

/** Where the row came from and, where that is known, which class it really has. */
export function TrueClass({ origin, prediction }: { origin: Origin; prediction: string }) {
  const { words, trueClass } = origin;
  if (trueClass === undefined) return <p class="muted">{words}</p>;
  const right = trueClass === prediction;
  return (
    <p class="truth">
      <Icon name={right ? "check" : "cross"} />
      <span>
        {words}: its true class is <strong>{trueClass}</strong>, the vote is {right ? "right" : "wrong"}
      </span>
    </p>
  );
}
