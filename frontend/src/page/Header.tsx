import type { Watch } from "../state/watch";
import { counted } from "../words";
import { Health } from "./Health";

export function Header({ watch }: { watch: Watch }) {
  const models = watch.models.value;
  return (
    <header class="masthead">
      <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
        <rect class="tone-0" x="2" y="6" width="8" height="20" rx="1.5" />
        <rect class="tone-1" x="12" y="2" width="8" height="28" rx="1.5" />
        <rect class="tone-2" x="22" y="6" width="8" height="20" rx="1.5" />
      </svg>
      <div class="title">
        <h1>Triptych</h1>
        <p>
          {models
            ? `${models.data.name}: ${counted(models.models.length, "model")} side by side, trained on ${counted(models.data.rows, "row")}`
            : "Several classifiers, side by side, on the same input"}
        </p>
      </div>
      {models && <Health watch={watch} models={models} />}
    </header>
  );
}
