import type { Models } from "../api/schema";
import { counted } from "../words";
import { Bars } from "./Bars";

/** Where the verdict will stand. */
export function Unasked({ models }: { models: Models }) {
  return (
    <div class="verdict unasked">
      <div class="decision">
        <h2>Soft vote</h2>
        <p class="muted">
          Press Predict to ask {counted(models.models.length, "model")} which {models.data.target} this is.
        </p>
      </div>
      <Bars caption="Soft vote, not asked yet" classes={models.classes} />
    </div>
  );
}
