import type { Models } from "../api/schema";
import { Sentences } from "./Sentences";

/** What the release is for, and what it is not for. Releases from before there were model cards do not say. */
export function Use({ models: { intended_use, limits } }: { models: Models }) {
  if (!intended_use.length && !limits.length) return null;
  return (
    <div class="panel part">
      <h3>Intended use</h3>
      <Sentences sentences={intended_use} />
      <h3>Limits</h3>
      <Sentences sentences={limits} />
    </div>
  );
}
