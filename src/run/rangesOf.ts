import type { Range } from './execute.js';

/** Ascending indices as ranges. */
export function rangesOf(indices: readonly number[]): Range[] {
  const ranges: [number, number][] = [];
  for (const index of indices) {
    const last = ranges.at(-1);
    if (last && last[1] === index) last[1] = index + 1;
    else ranges.push([index, index + 1]);
  }
  return ranges;
}
