import { useRef } from "preact/hooks";
import type { Models } from "../api/schema";
import { markPath, toneOf } from "../marks";
import { measured, probability } from "../numbers";
import type { Question } from "../state/question";
import { type Axis, nudged, type Plane, placed, placeOn } from "./plane";
import { type Scales, shownAt } from "./scales";

interface Props {
  plane: Plane;
  scales: Scales;
  models: Models;
  question: Question;
}

/** The plot's ground, and on it the point that stands for the form's values: it goes where the pointer or the arrow keys say. */
export function Point({ plane, scales, models, question }: Props) {
  const ground = useRef<SVGGElement>(null);
  const grip = useRef<{ dx: number; dy: number } | null>(null);
  const pressed = useRef(false);
  const values = question.values.value;
  const x = placeOn(plane.x, values);
  const y = placeOn(plane.y, values);
  const shown =
    x === null || y === null ? null : { x: shownAt(scales.x, plane.x, x), y: shownAt(scales.y, plane.y, y) };

  function pointed(event: MouseEvent) {
    const box = ground.current?.querySelector("rect")?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  }

  function place(event: MouseEvent, { dx, dy } = { dx: 0, dy: 0 }) {
    const at = pointed(event);
    question.move(placed(plane, scales.x.value(at.x - dx), scales.y.value(at.y - dy)));
  }

  function press(event: PointerEvent) {
    const handle = event.target instanceof Element && event.target.closest(".handle");
    pressed.current = false;
    if (event.button !== 0 || (event.pointerType === "touch" && !handle)) return; // a finger may be scrolling
    const at = pointed(event);
    pressed.current = true;
    grip.current = handle && shown ? { dx: at.x - shown.x.at, dy: at.y - shown.y.at } : { dx: 0, dy: 0 };
    ground.current?.setPointerCapture(event.pointerId);
    if (!handle) place(event);
    event.preventDefault(); // no selecting of text
    ground.current?.querySelector<SVGGElement>(".handle")?.focus({ preventScroll: true });
  }

  function tap(event: MouseEvent) {
    if (!pressed.current) place(event);
    pressed.current = false;
  }

  function step(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const moved = nudged(plane, question.values.peek(), event.key, event.shiftKey);
    if (!moved) return;
    event.preventDefault();
    question.move(moved);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the pointer; the keyboard has the handle
    <g
      ref={ground}
      class="ground"
      onPointerDown={press}
      onPointerMove={(event) => grip.current && place(event, grip.current)}
      onLostPointerCapture={() => {
        grip.current = null;
      }}
      onClick={tap}
    >
      <rect width={scales.width} height={scales.height} />
      {shown && x !== null && y !== null && (
        <g
          class="handle"
          transform={`translate(${shown.x.at},${shown.y.at})`}
          tabindex={0}
          role="slider"
          aria-label="The input on the map, moved with the arrow keys"
          aria-valuemin={Number(Math.min(plane.x.min, x).toPrecision(6))}
          aria-valuemax={Number(Math.max(plane.x.max, x).toPrecision(6))}
          aria-valuenow={x}
          aria-valuetext={`${placeWords(plane.x, x)}, ${placeWords(plane.y, y)}: ${answerWords(question)}`}
          onKeyDown={step}
          onTouchStart={(event) => event.preventDefault()} // a finger on it drags it, one beside it scrolls the page
        >
          <circle class="reach" r="22" />
          <circle class="halo" r="11" />
          <Inner question={question} classes={models.classes} />
          {(shown.x.beyond !== 0 || shown.y.beyond !== 0) && (
            <path
              class="beyond"
              transform={`rotate(${(Math.atan2(-shown.y.beyond, shown.x.beyond) * 180) / Math.PI})`}
              d="M14,-5L21,0L14,5Z"
            />
          )}
        </g>
      )}
    </g>
  );
}

/** The class that was last answered, within the point. */
function Inner({ question, classes }: { question: Question; classes: readonly string[] }) {
  const outcome = question.outcome.value;
  const index = outcome?.kind === "answer" ? classes.indexOf(outcome.answer.prediction) : -1;
  return index < 0 ? (
    <circle class="unknown" r="2.5" />
  ) : (
    <path class={toneOf(index)} d={markPath(index, 5.5)} />
  );
}

/** "stem_length 1.4 cm" */
const placeWords = ({ feature: { name, unit } }: Axis, value: number) => `${name} ${measured(value, unit)}`;

function answerWords({ outcome }: Question): string {
  if (outcome.value?.kind !== "answer") return "no answer";
  const { answer } = outcome.value;
  return `${answer.prediction}, probability ${probability(answer.probability)}`;
}
