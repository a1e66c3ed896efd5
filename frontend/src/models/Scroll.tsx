import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A table's own space to scroll in. The keyboard reaches it, where there is something to scroll to. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  const wider = useSignal(false);

  useEffect(() => {
    const region = place.current;
    if (!region) return;
    const observer = new ResizeObserver(() => {
      wider.value = region.scrollWidth > region.clientWidth;
    });
    observer.observe(region);
    for (const table of region.children) observer.observe(table);
    return () => observer.disconnect();
  }, []);

  const reached = wider.value ? ({ role: "region", "aria-label": label, tabIndex: 0 } as const) : {};
  return (
    <div ref={place} class="scroll" {...reached}>
      {children}
    </div>
  );
}
