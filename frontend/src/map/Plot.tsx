import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Dataset, Feature, Models } from "../api/schema";
import { Name } from "../page/Name";
import type { DecisionMap } from "../state/decisionMap";
import type { Question } from "../state/question";
import type { View } from "../state/view";
import { Axes } from "./Axes";
import { Dots } from "./Dots";
import { MapCanvas } from "./MapCanvas";
import { Point } from "./Point";
import type { Plane } from "./plane";
import { above, below, scalesOf } from "./scales";

interface Props {
  plane: Plane;
  sample: Dataset | null;
  models: Models;
  view: View;
  question: Question;
  decisionMap: DecisionMap;
}

/** How much of the plot is to be seen for its map to be worth asking for. */
const enough = 0.25;

/** The map, the training rows and the input, in one plane. */
export function Plot({ plane, sample, models, view, question, decisionMap }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const full = useSignal(0);
  const scales = useMemo(() => scalesOf(plane, full.value), [plane, full.value]);
  const height = scales.height + above + below;
  const origin = `translate(${scales.left},${above})`;
  const { inView } = decisionMap;

  useEffect(() => {
    if (!frame.current) return;
    const size = new ResizeObserver(([entry]) => {
      full.value = Math.round(entry?.contentRect.width ?? 0);
    });
    const sight = new IntersectionObserver(
      (entries) => {
        inView.value = (entries.at(-1)?.intersectionRatio ?? 0) >= enough;
      },
      { threshold: enough },
    );
    size.observe(frame.current);
    sight.observe(frame.current);
    return () => {
      size.disconnect();
      sight.disconnect();
      inView.value = false;
    };
  }, [full, inView]);

  return (
    <div class="plot">
      <AxisTitle feature={plane.y.feature} />
      <div class="frame" ref={frame} style={{ height: `${height}px` }}>
        {full.value > 0 && (
          <>
            <MapCanvas scales={scales} models={models} view={view} decisionMap={decisionMap} />
            <svg width={full.value} height={height} aria-hidden="true">
              <g transform={origin}>
                <Axes scales={scales} />
                {sample && (
                  <Dots
                    sample={sample}
                    classes={models.classes}
                    plane={plane}
                    scales={scales}
                    layer={view.layer.value}
                  />
                )}
              </g>
            </svg>
            {/* biome-ignore lint/a11y/noSvgWithoutTitle: the point in it has a name; a title would pop up everywhere */}
            <svg width={full.value} height={height}>
              <g transform={origin}>
                <Point plane={plane} scales={scales} models={models} question={question} />
              </g>
            </svg>
          </>
        )}
      </div>
      <AxisTitle feature={plane.x.feature} across />
    </div>
  );
}

function AxisTitle({ feature, across = false }: { feature: Feature; across?: boolean }) {
  return (
    <p class={across ? "axis-title across" : "axis-title"} aria-hidden="true">
      <Name>{feature.name}</Name>
      {feature.unit && <span class="muted"> in {feature.unit}</span>}
    </p>
  );
}
