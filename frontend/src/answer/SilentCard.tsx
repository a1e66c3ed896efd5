import { sentence } from "../api/failure";
import { Icon } from "../page/Icon";
import { Name } from "../page/Name";
import { Facts } from "./Facts";

interface Props {
  name: string;
  /** "unavailable: connection refused" */
  happened: string;
  engine: string | null | undefined;
  version: string | null | undefined;
}

/** A model that gives no answer, before a question or after it, and why. */
export function SilentCard({ name, happened, engine, version }: Props) {
  return (
    <article class="panel card silent">
      <h3>
        <Name>{name}</Name>
      </h3>
      <p class="happened">
        <Icon name="warning" /> <span>{sentence(happened)}</span>
      </p>
      <Facts engine={engine} version={version} />
    </article>
  );
}
