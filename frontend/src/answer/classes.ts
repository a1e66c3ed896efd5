import type { Models } from "../api/schema";

/** The classes in the release's order. An object's keys would not do: JavaScript moves those that look like integers. */
export function classOrder({ classes }: Models, probabilities: Record<string, number>): string[] {
  const known = classes.every((name) => Object.hasOwn(probabilities, name));
  return known && classes.length === Object.keys(probabilities).length ? classes : Object.keys(probabilities);
}
