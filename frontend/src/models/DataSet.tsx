import type { Models } from "../api/schema";
import { grouped } from "../numbers";
import { Fact } from "../page/Fact";
import { Name } from "../page/Name";
import { counted } from "../words";
import { ClassTable } from "./ClassTable";
import { FeatureTable } from "./FeatureTable";

/** The table that the release was trained on. */
export function DataSet({ models }: { models: Models }) {
  const { data, features } = models;
  return (
    <div class="panel part">
      <h3>Data set</h3>
      <dl class="facts">
        <Fact name="name">
          <Name>{data.name}</Name>
        </Fact>
        <Fact name="rows">{grouped(data.rows)}</Fact>
        <Fact name="target">
          <Name>{data.target}</Name>
        </Fact>
        <Fact name="file">
          SHA-256{" "}
          <abbr title={data.sha256} aria-label={data.sha256}>
            <code>{data.sha256.slice(0, 12)}</code>
          </abbr>
        </Fact>
      </dl>
      <ClassTable models={models} />
      <details class="more">
        <summary>{counted(features.length, "feature")}</summary>
        <FeatureTable features={features} />
      </details>
    </div>
  );
}
