/** A layer of a decision map on a canvas: tone and marks for the class, strength for the probability. */
import { markPath } from "../marks";
import type { Layer } from "../state/view";
import { type Answers, type Grid, grid_side as side } from "./grid";

/** What the style sheet says, as the canvas needs it. */
interface Paints {
  tones: readonly string[];
  border: string;
  disagreement: string;
}

interface Surface {
  context: CanvasRenderingContext2D;
  /** In device pixels. */
  width: number;
  height: number;
  /** Device pixels for each of the style sheet's. */
  scale: number;
}

export function paintsOf(element: Element): Paints {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name).trim();
  return {
    tones: Array.from({ length: 8 }, (_, tone) => color(`--tone-${tone}`)),
    border: color("--ink"),
    disagreement: color("--warn"),
  };
}

export function paint(surface: Surface, grid: Grid | null, layer: Layer, classes: number, paints: Paints) {
  surface.context.clearRect(0, 0, surface.width, surface.height);
  if (!grid || layer === "none") return;
  if (layer === "disagreement") return paintDisagreement(surface, grid, paints);
  const answers = answersOf(grid, layer);
  if (answers) paintAnswers(surface, answers, classes, paints);
}

/** What a layer says; null where its model gave no answer, or there is no such. */
export function answersOf(grid: Grid, layer: Layer): Answers | null {
  if (layer === "vote") return grid.vote;
  return grid.members.get(layer.replace(/^model:/, "")) ?? null;
}

function paintAnswers(surface: Surface, answers: Answers, classes: number, { tones, border }: Paints) {
  const { context, scale } = surface;
  const even = 1 / classes;
  answers.classes.forEach((index, cell) => {
    if (index < 0) return;
    const sure = ((answers.probabilities[cell] ?? 0) - even) / (1 - even || 1);
    context.globalAlpha = 0.1 + 0.34 * Math.max(0, sure);
    context.fillStyle = tones[index % 8] ?? "";
    context.fillRect(...cellBox(surface, cell));
  });
  context.globalAlpha = 0.55;
  context.strokeStyle = border;
  context.lineWidth = scale;
  context.stroke(borders(surface, answers.classes));
  context.globalAlpha = 0.7;
  context.lineWidth = 1.25 * scale;
  for (const cell of markedCells(answers.classes)) {
    const index = answers.classes[cell] ?? 0;
    const [x, y, width, height] = cellBox(surface, cell);
    context.strokeStyle = tones[index % 8] ?? "";
    context.stroke(new Path2D(markPath(index, 4.5 * scale, x + width / 2, y + height / 2)));
  }
}

function paintDisagreement(surface: Surface, { different }: Grid, { disagreement, border }: Paints) {
  const { context, width, height, scale } = surface;
  for (const count of new Set(different)) {
    if (count < 2) continue;
    context.save();
    const region = new Path2D();
    different.forEach((each, cell) => {
      if (each === count) region.rect(...cellBox(surface, cell));
    });
    context.clip(region);
    context.fillStyle = disagreement;
    context.globalAlpha = disagreementStrength(count);
    context.fillRect(0, 0, width, height);
    context.strokeStyle = border;
    context.globalAlpha = 0.6;
    context.lineWidth = scale;
    context.beginPath();
    const gap = hatchGap(count) * scale;
    for (let x = -height; x < width; x += gap) {
      context.moveTo(x, height);
      context.lineTo(x + height, 0);
    }
    context.stroke();
    context.restore();
  }
}

/** Three different answers are darker and closer hatched than two. */
export const disagreementStrength = (different: number) => Math.min(0.8, 0.2 * (different - 1));
export const hatchGap = (different: number) => Math.max(3, 12 / (different - 1));

function cellBox({ width, height }: Surface, cell: number): [number, number, number, number] {
  const column = cell % side;
  const row = Math.floor(cell / side);
  const x = Math.round((column * width) / side); // whole pixels, or seams would show
  const y = Math.round((row * height) / side);
  return [x, y, Math.round(((column + 1) * width) / side) - x, Math.round(((row + 1) * height) / side) - y];
}

function borders(surface: Surface, classes: Int16Array): Path2D {
  const lines = new Path2D();
  classes.forEach((index, cell) => {
    const [x, y, width, height] = cellBox(surface, cell);
    if ((cell + 1) % side && classes[cell + 1] !== index) {
      lines.moveTo(x + width, y);
      lines.lineTo(x + width, y + height);
    }
    if (cell + side < classes.length && classes[cell + side] !== index) {
      lines.moveTo(x, y + height);
      lines.lineTo(x + width, y + height);
    }
  });
  return lines;
}

const mark_gap = 8;

/** Cells well inside a class's region, sparsely and in staggered rows; a region too small for that has one all the same. */
export function markedCells(classes: Int16Array): number[] {
  const inside = (cell: number) => {
    const column = cell % side;
    if (column === 0 || column === side - 1) return false;
    return [cell - 1, cell + 1, cell - side, cell + side].every((near) => classes[near] === classes[cell]);
  };
  const marked = Array.from(classes.keys()).filter((cell) => {
    const row = Math.floor(cell / side) - mark_gap / 2;
    const shift = (row / mark_gap) % 2 ? 0 : mark_gap / 2;
    return row % mark_gap === 0 && ((cell % side) + shift) % mark_gap === mark_gap / 2 && inside(cell);
  });
  const seen = new Set(marked.map((cell) => classes[cell]));
  const others = new Map<number, number>();
  classes.forEach((index, cell) => {
    if (seen.has(index)) return;
    const known = others.get(index);
    if (known === undefined || (inside(cell) && !inside(known))) others.set(index, cell);
  });
  return [...marked, ...others.values()].filter((cell) => (classes[cell] ?? -1) >= 0);
}
