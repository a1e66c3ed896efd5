/** How far the most probable class is ahead of the next one, which is named. Null where there is but one class. */
export function margin(probabilities: Record<string, number>): { margin: number; runnerUp: string } | null {
  const [first, second] = Object.entries(probabilities).sort(([, one], [, other]) => other - one);
  return first && second ? { margin: first[1] - second[1], runnerUp: second[0] } : null;
}
