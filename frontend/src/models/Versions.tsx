import type { Models } from "../api/schema";
import { date } from "../numbers";
import { Fact } from "../page/Fact";

/** The versions of what trained the release. */
export function Versions({ models: { created, libraries } }: { models: Models }) {
  return (
    <div class="panel part">
      <h3>Trained with</h3>
      <dl class="facts">
        <Fact name="created">{date(created)}</Fact>
        {Object.entries(libraries).map(([name, version]) => (
          <Fact key={name} name={name}>
            {version}
          </Fact>
        ))}
      </dl>
    </div>
  );
}
