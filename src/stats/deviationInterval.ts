import { chiSquaredQuantile } from './chiSquaredQuantile.js';
import type { Interval } from './interval.js';
import { standardDeviation } from './summary.js';

/**
 * By which factors the ends of the chi-squared interval of a standard deviation differ from the sample's: √((n − 1) / χ²) at
 * the quantiles of χ² with n − 1 degrees of freedom.
 *
 * @param n at least 2
 * @param level above 0, below 1
 */
export function deviationFactors(n: number, level = 0.95): readonly [low: number, high: number] {
  const factor = (p: number) => Math.sqrt((n - 1) / chiSquaredQuantile(p, n - 1));
  return [factor((1 + level) / 2), factor((1 - level) / 2)];
}

/**
 * Interval of the standard deviation of a normal distribution, from (n − 1) s² / σ² being χ² (F. Helmert 1876). It holds for no other
 * distribution, however many values there are. Of equal values it is 0.
 *
 * @param values finite, at least two
 * @param level above 0, below 1
 */
export function deviationInterval(values: readonly number[], level = 0.95): Interval {
  const deviation = standardDeviation(values);
  const [low, high] = deviationFactors(values.length, level);
  return { low: low * deviation, high: high * deviation, level, method: 'chi-squared' };
}
