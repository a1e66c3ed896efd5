/** Counts of rows as shares of all of them. */

/** "99.3 %": what is some is not written as none, nor what is nearly all as all. */
export function percent(count: number, of: number): string {
  if (of === 0) return "–";
  const share = (100 * count) / of;
  if (count > 0 && share < 0.05) return "<0.1\u00a0%";
  if (count < of && share >= 99.95) return ">99.9\u00a0%";
  return `${share.toFixed(1)}\u00a0%`;
}

export const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

/** The strongest shade, in percent of the color: the number on it stays legible. */
const darkest = 45;

/** How far a cell is shaded, for its share of its row; few rows are still seen to be some. */
export function shade(count: number, of: number): string {
  return count === 0 || of === 0 ? "0%" : `${Math.max(8, Math.round((darkest * count) / of))}%`;
}
