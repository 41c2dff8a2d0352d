import type { Interval } from './interval.js';
import { studentTQuantile } from './studentT.js';
import { mean, standardError } from './summary.js';

/**
 * Interval of the mean by Student's t, x̄ ± t s / √n with n − 1 degrees of freedom: exact for a normal distribution, and off where
 * it is skewed; `null` of fewer than two values.
 *
 * @param values finite
 * @param level above 0, below 1
 */
export function tInterval(values: readonly number[], level = 0.95): Interval | null {
  if (values.length < 2) return null;
  const centre = mean(values);
  const half = -studentTQuantile((1 - level) / 2, values.length - 1) * standardError(values);
  return { low: centre - half, high: centre + half, level, method: 'Student t' };
}
