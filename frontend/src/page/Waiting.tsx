import { failureWords } from "../api/failure";
import type { Watch } from "../state/watch";

/** There is no release to build a form from, yet. */
export function Waiting({ watch }: { watch: Watch }) {
  const failure = watch.failure.value;
  const health = watch.readiness.value;
  if (!failure) return <div class="waiting" aria-busy="true" />;
  const { title, detail } = failureWords(failure);
  const first = failure.kind === "problem" && failure.problem.status === 503 && health && !health.release;
  return (
    <section class="waiting" role="status">
      <svg class="mark" viewBox="0 0 32 32" width="56" height="56" aria-hidden="true">
        <rect x="2.5" y="6.5" width="7" height="19" rx="1.5" />
        <rect x="12.5" y="2.5" width="7" height="27" rx="1.5" />
        <rect x="22.5" y="6.5" width="7" height="19" rx="1.5" />
      </svg>
      <h2>{first ? "Waiting for the first release" : title}</h2>
      <p>{detail}</p>
      <p class="muted">
        {first
          ? "The page keeps looking, and builds itself once the trainer has published one."
          : "The page keeps trying."}
      </p>
    </section>
  );
}
