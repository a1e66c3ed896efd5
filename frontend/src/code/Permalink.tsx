import { CopyButton } from "./CopyButton";

/** The page's address follows its state; this copies it. */
export function Permalink() {
  return (
    <p class="panel permalink">
      <span>The address of this page holds the input and what the map shows.</span>
      <CopyButton what="link" text={() => location.href} />
    </p>
  );
}
