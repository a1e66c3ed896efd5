import { useEffect, useRef } from "preact/hooks";
import type { Progress } from "../state/table";
import { part, progressWords } from "./words";

interface Props {
  progress: Progress;
  cancel(): void;
}

/** How far the table is. */
export function Running({ progress, cancel }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []); // in the place of the button that began it
  return (
    <div class="panel step running">
      <label for="rows-progress">Predicting {progress.of.file.name}</label>
      <progress id="rows-progress" max={1} value={part(progress)} />
      <p class="muted">{progressWords(progress)}</p>
      <button ref={button} type="button" class="quiet" onClick={cancel}>
        Cancel
      </button>
    </div>
  );
}
