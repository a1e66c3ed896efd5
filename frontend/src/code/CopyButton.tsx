import { useSignal } from "@preact/signals";

const shown_ms = 2_000;

/** Puts a text on the clipboard, and says whether it is there. */
export function CopyButton({ what, text }: { what: string; text(): string }) {
  const said = useSignal("");

  async function copy() {
    try {
      await navigator.clipboard.writeText(text());
      said.value = "Copied";
    } catch {
      said.value = "The browser does not allow it: select the text instead"; // without HTTPS, beyond this machine
    }
    setTimeout(() => {
      said.value = "";
    }, shown_ms);
  }

  return (
    <span class="copy">
      <span role="status">{said}</span>
      <button type="button" class="quiet" onClick={() => void copy()}>
        Copy<span class="unseen"> {what}</span>
      </button>
    </span>
  );
}
