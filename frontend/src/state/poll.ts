/** Calls `check` now and every `interval_ms`, and not while the tab is hidden; at once when it is seen again. */
export function poll(check: () => Promise<void>, document: Document, interval_ms: number): void {
  const whenVisible = () => {
    if (!document.hidden) void check();
  };
  document.addEventListener("visibilitychange", whenVisible);
  setInterval(whenVisible, interval_ms);
  whenVisible();
}
