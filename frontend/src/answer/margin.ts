/**
 * How far the predicted class is ahead of the most probable other one, which is named. Null where there is but one
 * class. Of classes that are equally probable, the first need not be the predicted one: JavaScript moves integers.
 */
export function margin(predicted: string, probabilities: Record<string, number>) {
  const others = Object.entries(probabilities).filter(([name]) => name !== predicted);
  const [runnerUp] = others.sort(([, one], [, other]) => other - one);
  return runnerUp ? { margin: (probabilities[predicted] ?? 0) - runnerUp[1], runnerUp: runnerUp[0] } : null;
}
