import type { Feature } from "../api/schema";
import { stepped } from "../numbers";

interface Props {
  feature: Feature;
  text: string;
  enter(text: string): void;
  attributes: { id: string; name: string; "aria-describedby": string; "aria-invalid": boolean };
}

const arrows: Record<string, 1 | -1> = { ArrowUp: 1, ArrowDown: -1 };

/** The control that a feature's kind asks for: a number field, a list, or a checkbox. */
export function Control({ feature, text, enter, attributes }: Props) {
  if (feature.kind === "number") {
    return (
      <span class="number">
        <input
          {...attributes}
          type="number"
          inputMode="decimal"
          step="any"
          autocomplete="off"
          required={!feature.nullable}
          value={text}
          onInput={(event) => enter(event.currentTarget.value)}
          onKeyDown={(event) => {
            const direction = arrows[event.key];
            if (!direction || event.currentTarget.validity.badInput) return;
            event.preventDefault(); // the browser's own step is 1, whatever the range
            enter(stepped(text, feature, direction));
          }}
        />
        {feature.unit && (
          <span id={`${attributes.id}-unit`} class="unit">
            {feature.unit}
          </span>
        )}
      </span>
    );
  }
  if (feature.kind === "boolean" && !feature.nullable) {
    return (
      <span class="checkbox">
        <input
          {...attributes}
          type="checkbox"
          checked={text === "true"}
          onChange={(event) => enter(String(event.currentTarget.checked))}
        />
        <span aria-hidden="true">{text === "true" ? "yes" : "no"}</span>
      </span>
    );
  }
  return (
    <select {...attributes} value={text} onChange={(event) => enter(event.currentTarget.value)}>
      {feature.nullable && <option value="">missing</option>}
      {choices(feature).map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

function choices(feature: Feature): [value: string, label: string][] {
  if (feature.kind === "boolean") {
    return [
      ["true", "yes"],
      ["false", "no"],
    ];
  }
  return feature.categories.map((category) => [category, category]);
}
