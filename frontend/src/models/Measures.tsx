import type { ModelCard } from "../api/schema";
import { probability } from "../numbers";
import { Fact } from "../page/Fact";

/** How good a model was at rows that it had not seen. */
export function Measures({ metrics }: { metrics: NonNullable<ModelCard["metrics"]> }) {
  const { accuracy, accuracy_std, log_loss, confidence } = metrics;
  return (
    <dl class="measures">
      <Fact name="accuracy">
        {accuracy.toFixed(3)} <span class="muted">± {accuracy_std.toFixed(3)}</span>
      </Fact>
      <Fact name="log loss">{log_loss.toFixed(3)}</Fact>
      {confidence != null && <Fact name="confidence">{probability(confidence)}</Fact>}
    </dl>
  );
}
