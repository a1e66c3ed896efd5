import type { Models, Readiness } from "../api/schema";
import { counted } from "../words";
import { Bars } from "./Bars";

/** Where the verdict will stand. */
export function Unasked({ models, health }: { models: Models; health: NonNullable<Readiness["models"]> }) {
  const some = models.models.some((card) => (health[card.name] ?? card.status) === "ready");
  return (
    <div class="panel verdict">
      <div class="decision">
        <h2>Soft vote</h2>
        <p class="muted">
          {some
            ? `Asking ${counted(models.models.length, "model")} which ${models.data.target} this is.`
            : "No model is ready now. The page keeps looking."}
        </p>
      </div>
      <Bars caption="Soft vote, not asked yet" classes={models.classes} />
    </div>
  );
}
