import type { Feature } from "../api/schema";
import { NumberControl } from "./NumberControl";

export interface ControlProps {
  feature: Feature;
  text: string;
  enter(text: string): void;
  attributes: { id: string; "aria-describedby": string; "aria-invalid": boolean };
}

/** The control that a feature's kind asks for: a number field with a slider, a list, or a checkbox. */
export function Control(props: ControlProps) {
  const { feature, text, enter, attributes } = props;
  if (feature.kind === "number") return <NumberControl {...props} />;
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
