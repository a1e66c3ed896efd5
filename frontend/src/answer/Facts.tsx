import { milliseconds } from "../numbers";
import { Fact } from "../page/Fact";
import { Name } from "../page/Name";
import { Version } from "../page/Version";

interface Props {
  status?: string;
  latency_ms?: number | null | undefined;
  engine: string | null | undefined;
  version: string | null | undefined;
}

/** A model's small print, without what is not known. */
export function Facts({ status, latency_ms, engine, version }: Props) {
  if (!status && latency_ms == null && !engine && !version) return null;
  return (
    <dl class="facts">
      {status && <Fact name="status">{status}</Fact>}
      {latency_ms != null && <Fact name="latency">{milliseconds(latency_ms)}</Fact>}
      {engine && (
        <Fact name="engine">
          <Name>{engine}</Name>
        </Fact>
      )}
      {version && (
        <Fact name="version">
          <Version version={version} />
        </Fact>
      )}
    </dl>
  );
}
