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
