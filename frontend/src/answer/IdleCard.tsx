import type { ModelCard } from "../api/schema";
import { Name } from "../page/Name";
import { Bars } from "./Bars";
import { Facts } from "./Facts";
import { SilentCard } from "./SilentCard";

interface Props {
  card: ModelCard;
  status: ModelCard["status"];
  classes: readonly string[];
}

/** A model that has not been asked yet. */
export function IdleCard({ card, status, classes }: Props) {
  const { name, error, engine, version } = card;
  if (status !== "ready") {
    const happened = error ? `unavailable: ${error}` : "unavailable";
    return <SilentCard name={name} happened={happened} engine={engine} version={version} />;
  }
  return (
    <article class="panel card">
      <h3>
        <Name>{name}</Name>
      </h3>
      <Bars caption={`${name}: not asked yet`} classes={classes} />
      <Facts status="ready" engine={engine} version={version} />
    </article>
  );
}
