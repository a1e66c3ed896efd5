import { type Failure, failureWords } from "../api/failure";
import { Icon } from "../page/Icon";

/** The question went out, and no answer came back. */
export function FailurePanel({ failure, ask }: { failure: Failure; ask(): Promise<void> }) {
  const { title, detail, advice } = failureWords(failure);
  return (
    <div class="panel verdict failed" role="alert">
      <h2>
        <Icon name="cross" /> {title}
      </h2>
      <p>{detail}</p>
      {advice && <p>{advice}</p>}
      {failure.kind === "problem" && failure.problem.request_id && (
        <p class="muted">
          Request <code>{failure.problem.request_id}</code>
        </p>
      )}
      <button type="button" class="quiet" onClick={() => void ask()}>
        Try again
      </button>
    </div>
  );
}
