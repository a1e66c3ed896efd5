import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Models } from "../api/schema";
import type { DecisionMap } from "../state/decisionMap";
import type { View } from "../state/view";
import { paint, paintsOf } from "./paint";
import { above, type Scales } from "./scales";

interface Props {
  scales: Scales;
  models: Models;
  view: View;
  decisionMap: DecisionMap;
}

/** The map behind the plot, drawn anew when it, its layer, its size or the color scheme is another. */
export function MapCanvas({ scales, models, view, decisionMap }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = useDark();
  const grid = decisionMap.grid.value;
  const layer = view.layer.value;
  const scale = window.devicePixelRatio || 1;
  const width = Math.round(scales.width * scale);
  const height = Math.round(scales.height * scale);

  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!canvas.current || !context) return;
    paint({ context, width, height, scale }, grid, layer, models.classes.length, paintsOf(canvas.current));
  }, [grid, layer, width, height, scale, models, dark]);

  return (
    <canvas
      ref={canvas}
      class={decisionMap.stale.value ? "stale" : ""}
      width={width}
      height={height}
      style={{
        left: `${scales.left}px`,
        top: `${above}px`,
        width: `${scales.width}px`,
        height: `${scales.height}px`,
      }}
    />
  );
}

function useDark(): boolean {
  const dark = useSignal(false);
  useEffect(() => {
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const look = () => {
      dark.value = scheme.matches;
    };
    look();
    scheme.addEventListener("change", look);
    return () => scheme.removeEventListener("change", look);
  }, [dark]);
  return dark.value;
}
