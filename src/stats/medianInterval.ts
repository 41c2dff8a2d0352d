import { binomialCdf } from './binomial.js';
import type { Interval } from './interval.js';
import { normalQuantile } from './normal.js';

/** An interval between two order statistics, whose exact coverage is known whatever the distribution is. */
export interface OrderStatisticInterval extends Interval {
  /** Its coverage where the distribution is continuous, at least the level. */
  readonly coverage: number;
}

/** The rounding of a probability, so that a coverage that equals the level is not missed by it. */
const ROUNDING = 1e-12;

/** The chance that the median of a continuous distribution lies between the k-th lowest and the k-th highest of n values. */
function coverageOf(k: number, n: number): number {
  return 1 - 2 * binomialCdf(k - 1, n, 0.5);
}

/**
 * Interval of the median from the k-th lowest to the k-th highest value, k being the largest whose coverage is at least the level
 * (W. Thompson 1936; the sign test's interval). It assumes nothing of the distribution, and never covers less than it says; `null`
 * where even the lowest and the highest value are too near: 6 values are needed at a level of 0.95.
 *
 * @param sorted ascending
 * @param level above 0, below 1
 */
export function medianInterval(sorted: readonly number[], level = 0.95): OrderStatisticInterval | null {
  const n = sorted.length;
  const least = level - ROUNDING;
  // From where a normal distribution would have it, down until the coverage suffices, or up while it does.
  let k = Math.max(1, Math.floor((n + normalQuantile((1 - level) / 2) * Math.sqrt(n)) / 2));
  let coverage = coverageOf(k, n);
  while (coverage < least) coverage = coverageOf(--k, n);
  for (let next = coverageOf(k + 1, n); 2 * (k + 1) <= n && next >= least; next = coverageOf(k + 1, n)) {
    k += 1;
    coverage = next;
  }
  if (k === 0) return null;
  return { low: sorted[k - 1] as number, high: sorted[n - k] as number, level, method: 'order statistics', coverage };
}

/** The fewest values of which the median has an interval at that level: the n of which 1 − 2^(1 − n) is at least the level. */
export function fewestForMedianInterval(level = 0.95): number {
  let n = 2;
  while (coverageOf(1, n) < level - ROUNDING) n += 1;
  return n;
}
