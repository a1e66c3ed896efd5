import { markPath, toneOf } from "../marks";

/** A class's shape in its tone, beside its name. */
export function ClassMark({ index }: { index: number }) {
  return (
    <svg
      class={`class-mark ${toneOf(index)}`}
      viewBox="-8 -8 16 16"
      width="16"
      height="16"
      aria-hidden="true"
    >
      <path d={markPath(index, 5)} />
    </svg>
  );
}
