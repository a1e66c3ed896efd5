/** A shape for each class, so that no class is told by its color alone. */

type Point = readonly [x: number, y: number];

/** Corners around a middle, in turn at these distances from it. */
const around = (corners: number, distances: readonly number[], turn = 0): Point[] =>
  Array.from({ length: corners }, (_, corner) => {
    const angle = 2 * Math.PI * (corner / corners + turn) - Math.PI / 2;
    const distance = distances[corner % distances.length] ?? 1;
    return [distance * Math.cos(angle), distance * Math.sin(angle)];
  });

const arm = 0.36;
const plus: Point[] = [1, -1].flatMap((side) => [
  [-arm * side, -side],
  [arm * side, -side],
  [arm * side, -arm * side],
  [side, -arm * side],
  [side, arm * side],
  [arm * side, arm * side],
]);
const turned = (points: Point[]): Point[] =>
  points.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]);

/** Outlines of about the same area at radius 1; null is a circle. */
const outlines: readonly (readonly Point[] | null)[] = [
  null,
  around(3, [1.25]),
  around(4, [1.2], 1 / 8),
  around(4, [1.25]),
  plus.map(([x, y]) => [1.1 * x, 1.1 * y]),
  around(3, [1.25], 1 / 2),
  turned(plus).map(([x, y]) => [1.1 * x, 1.1 * y]),
  around(10, [1.4, 0.6]),
];

/** The style sheet's name for a class's color. */
export const toneOf = (classIndex: number) => `tone-${classIndex % 8}`;

/** How many classes have a shape of their own; of more, each still has its own pair of shape and tone. */
export const shapes = outlines.length;

/** A class's shape as the path of an SVG or a `Path2D`, around (x, y). Tones repeat every eight classes; shapes shift. */
export function markPath(classIndex: number, radius: number, x = 0, y = 0): string {
  const place = (classIndex + Math.floor(classIndex / shapes)) % shapes;
  const outline = outlines[place];
  if (outline) {
    const corners = outline.map(([dx, dy]) => `${short(x + dx * radius)},${short(y + dy * radius)}`);
    return `M${corners.join("L")}Z`;
  }
  const arc = `a${radius},${radius} 0 1 0 `;
  return `M${short(x - radius)},${short(y)}${arc}${2 * radius},0${arc}${-2 * radius},0Z`;
}

const short = (value: number) => Math.round(value * 100) / 100;
