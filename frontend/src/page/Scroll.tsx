import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface Props {
  /** What it holds. */
  label: string;
  class?: string;
  children: ComponentChildren;
}

/** A part that scrolls by itself. The keyboard reaches it, where there is something to scroll to. */
export function Scroll({ label, class: more = "", children }: Props) {
  const place = useRef<HTMLElement>(null);
  const overflows = useSignal(false);

  useEffect(() => {
    const region = place.current;
    if (!region) return;
    const observer = new ResizeObserver(() => {
      overflows.value = region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight;
    });
    observer.observe(region);
    for (const part of region.children) observer.observe(part);
    return () => observer.disconnect();
  }, []);

  const reached = overflows.value ? { tabIndex: 0 } : {};
  return (
    <section ref={place} class={`scroll ${more}`} aria-label={label} {...reached}>
      {children}
    </section>
  );
}
