/** Parts of a whole. What is some is not written as none, nor what is nearly all as all. */

/** "99.3 %" of so many rows; "–" of none. */
export function percent(count: number, of: number): string {
  if (of === 0) return "–";
  const share = (100 * count) / of;
  if (count > 0 && share < 0.05) return "<0.1\u00a0%";
  if (count < of && share >= 99.95) return ">99.9\u00a0%";
  return `${share.toFixed(1)}\u00a0%`;
}

/** "45 %" of a map, in a sentence. */
export function roundPercent(part: number): string {
  if (part > 0 && part < 0.01) return "less than 1\u00a0%";
  if (part > 0.99 && part < 1) return "more than 99\u00a0%";
  return `${Math.round(100 * part)}\u00a0%`;
}

export const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

/** The strongest shade, in percent of the color: the number on it stays legible. */
const darkest = 45;

/** How far a cell is shaded, for its share of its row; few rows are still seen to be some. */
export function shade(count: number, of: number): string {
  return count === 0 || of === 0 ? "0%" : `${Math.max(8, Math.round((darkest * count) / of))}%`;
}
