import type { ModelCard } from "../api/schema";
import { Icon } from "../page/Icon";
import { Name } from "../page/Name";
import { Bars } from "./Bars";
import { Facts } from "./Facts";

interface Props {
  card: ModelCard;
  status: ModelCard["status"];
  classes: readonly string[];
}

/** A model that has not been asked yet. */
export function IdleCard({ card, status, classes }: Props) {
  return (
    <article class="card idle">
      <h3>
        <Name>{card.name}</Name>
      </h3>
      {status === "ready" ? (
        <p class="happened muted">Ready</p>
      ) : (
        <p class="happened">
          <Icon name="warning" /> <span>Unavailable{card.error ? `: ${card.error}` : ""}</span>
        </p>
      )}
      <Bars caption={`${card.name}: not asked yet`} classes={classes} />
      <Facts facts={{ engine: card.engine, version: card.version }} />
    </article>
  );
}
