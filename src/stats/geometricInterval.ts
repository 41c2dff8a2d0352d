import { exp, log } from '../kernel/elementary.js';
import type { Interval } from './interval.js';
import { tInterval } from './tInterval.js';

/**
 * Interval of the geometric mean: e to the interval of the mean of the logarithms by Student's t, exact where these are normal;
 * its upper end is Infinity where it leaves float64's range; `null` of fewer than two values.
 *
 * @param values above 0, finite
 * @param level above 0, below 1
 */
export function geometricInterval(values: readonly number[], level = 0.95): Interval | null {
  const interval = tInterval(values.map(log), level);
  return interval && { ...interval, low: exp(interval.low), high: exp(interval.high) };
}
