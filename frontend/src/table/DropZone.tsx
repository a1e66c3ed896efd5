import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

interface Props {
  choose(file: File): void;
  children: ComponentChildren;
}

/** Takes a file from the browser's dialog, or one that is dropped anywhere on the page. */
export function DropZone({ choose, children }: Props) {
  const [over, setOver] = useState(false);

  useEffect(() => {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files");
    const listeners: Record<string, (event: DragEvent) => void> = {
      dragover(event) {
        if (!holdsFiles(event)) return;
        event.preventDefault(); // a browser would leave the page for the file
        setOver(true);
      },
      dragleave(event) {
        if (event.relatedTarget === null) setOver(false);
      },
      drop(event) {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer?.files ?? [];
        if (file) choose(file);
      },
    };
    for (const [name, listener] of Object.entries(listeners)) {
      window.addEventListener(name, listener as EventListener);
    }
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        window.removeEventListener(name, listener as EventListener);
      }
    };
  }, [choose]);

  return (
    <div class={over ? "panel drop over" : "panel drop"}>
      <p>
        <input
          id="rows-file"
          class="unseen"
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
          aria-describedby="rows-file-hint"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = ""; // so that the same file can be chosen again
            if (file) choose(file);
          }}
        />
        <label for="rows-file" class="button">
          Choose a CSV file
        </label>
        <span>or drop one on this page</span>
      </p>
      <p id="rows-file-hint" class="muted">
        With a header line; commas, semicolons or tabs; UTF-8; up to 64 MiB.
      </p>
      {children}
      {over && (
        <div class="drop-frame" aria-hidden="true">
          <span>Drop the file anywhere</span>
        </div>
      )}
    </div>
  );
}
