import { mean } from './summary.js';

/** How many of n values the interquartile mean drops at each end: ⌊n / 4⌋. */
export function trimmedAtEachEnd(n: number): number {
  return Math.floor(n / 4);
}

/**
 * Interquartile mean, the mean of what is left when the lowest and the highest quarter are dropped: ⌊n / 4⌋ values at each end,
 * as SciPy's `trim_mean(values, 0.25)`.
 *
 * @param sorted ascending, finite, at least one value
 */
export function interquartileMean(sorted: readonly number[]): number {
  const cut = trimmedAtEachEnd(sorted.length);
  return mean(sorted.slice(cut, sorted.length - cut));
}

/**
 * Interquartile mean without rounding: exactly a quarter of the values is dropped at each end, and the values at the cuts count for
 * the part of them that is left (as in the definition of the midmean, J. Tukey 1977).
 *
 * @param sorted ascending, finite, at least one value
 */
export function fractionalInterquartileMean(sorted: readonly number[]): number {
  const n = sorted.length;
  const cut = trimmedAtEachEnd(n);
  const kept = sorted.slice(cut, n - cut);
  // Of the outermost values that are left, the lower and the upper, each lacks this part.
  const lacking = n / 4 - cut;
  if (kept.length === 1) return kept[0] as number;
  const [lowest, highest] = [kept[0] as number, kept.at(-1) as number];
  const inner = kept.slice(1, -1);
  const ends = mean([lowest, highest]);
  if (inner.length === 0) return ends;
  const weight = (2 * (1 - lacking)) / (n / 2);
  return ends * weight + mean(inner) * (1 - weight);
}
