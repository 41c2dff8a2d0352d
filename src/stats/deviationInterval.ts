import { chiSquaredQuantile } from './chiSquaredQuantile.js';
import type { Interval } from './interval.js';
import { standardDeviation } from './summary.js';

/**
 * By which factors the ends of the chi-squared interval of a standard deviation differ from the sample's: √((n − 1) / χ²) at
 * the quantiles of χ² with n − 1 degrees of freedom; `null` for fewer than two values.
 *
 * @param n how many values
 * @param level above 0, below 1
 */
export function deviationFactors(n: number, level = 0.95): readonly [low: number, high: number] | null {
  if (n < 2) return null;
  const factor = (p: number) => Math.sqrt((n - 1) / chiSquaredQuantile(p, n - 1));
  return [factor((1 + level) / 2), factor((1 - level) / 2)];
}

/**
 * Interval of the standard deviation of a normal distribution, from (n − 1) s² / σ² being χ² (F. Helmert 1876). It holds for no other
 * distribution, however many values there are. Of equal values it is 0,
 * of fewer than two `null`.
 *
 * @param values finite
 * @param level above 0, below 1
 */
export function deviationInterval(values: readonly number[], level = 0.95): Interval | null {
  const factors = deviationFactors(values.length, level);
  if (factors === null) return null;
  const deviation = standardDeviation(values);
  return { low: factors[0] * deviation, high: factors[1] * deviation, level, method: 'chi-squared' };
}
