import { milliseconds } from "../numbers";
import { Fact } from "../page/Fact";
import { Name } from "../page/Name";

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
          <abbr title={version} aria-label={version}>
            {shortVersion(version)}
          </abbr>
        </Fact>
      )}
    </dl>
  );
}

/** The digits that end a release's id; a server without releases has versions of its own, which stay whole. */
export const shortVersion = (version: string) => /-([0-9a-f]{12})$/.exec(version)?.[1] ?? version;
