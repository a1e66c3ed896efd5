import { measured, rounded, stepped } from "../numbers";
import type { ControlProps } from "./Control";

const arrows: Record<string, 1 | -1> = { ArrowUp: 1, ArrowDown: -1 };

/** A number as text and as a slider over the training range. Whatever the text is, it stays as it was typed. */
export function NumberControl({ feature, text, enter, attributes }: ControlProps) {
  const { min, max, mean, unit, name } = feature;
  return (
    <>
      <span class="number">
        <input
          {...attributes}
          type="text"
          inputMode="decimal"
          autocomplete="off"
          spellcheck={false}
          required={!feature.nullable}
          value={text}
          onInput={(event) => enter(event.currentTarget.value)}
          onKeyDown={(event) => {
            const direction = arrows[event.key];
            if (!direction || !Number.isFinite(Number(text))) return;
            event.preventDefault();
            enter(stepped(text, feature, direction));
          }}
        />
        {unit && (
          <span id={`${attributes.id}-unit`} class="unit">
            {unit}
          </span>
        )}
      </span>
      {min != null && max != null && (
        <span class={text === "" ? "slider unset" : "slider"}>
          {mean != null && (
            <svg class="mean" width="100%" height="6" aria-hidden="true">
              <line
                x1={`${(100 * (mean - min)) / (max - min)}%`}
                x2={`${(100 * (mean - min)) / (max - min)}%`}
                y1="0"
                y2="6"
              />
            </svg>
          )}
          <input
            type="range"
            aria-label={`${name}, slider`}
            aria-valuetext={measured(text, unit)}
            min={min}
            max={max}
            step="any"
            value={text === "" ? String(mean ?? min) : text}
            onInput={(event) => enter(rounded(Number(event.currentTarget.value), feature))}
          />
        </span>
      )}
    </>
  );
}
