import { exp, log } from '../kernel/elementary.js';
import type { Interval } from './interval.js';
import { tInterval } from './tInterval.js';

/**
 * Interval of the geometric mean: e to the interval of the mean of the logarithms by Student's t, exact where these are normal;
 * its upper end is Infinity where it leaves float64's range.
 *
 * @param values above 0, finite, at least two
 * @param level above 0, below 1
 */
export function geometricInterval(values: readonly number[], level = 0.95): Interval {
  const { low, high, ...rest } = tInterval(values.map(log), level);
  return { low: exp(low), high: exp(high), ...rest };
}
