import { correctedQuantile } from './bcaInterval.js';
import type { Interval } from './interval.js';
import { normalQuantile } from './normal.js';
import { momentSkewness } from './skewness.js';
import { mean, standardError } from './summary.js';

/** The acceleration of a mean by the jackknife, g₁ / (6 √n) (B. Efron 1987). */
export function accelerationOfMean(values: readonly number[]): number {
  return momentSkewness(values) / (6 * Math.sqrt(values.length));
}

/**
 * Interval of the mean that the BCa bootstrap tends to, without resampling: the quantiles of resampled means by the first terms of
 * the expansion of E. Cornish & R. Fisher (1938), and for a mean the bias is as large as the acceleration (T. DiCiccio & B. Efron
 * 1996). It differs from the bootstrap's by a part of 1/n of its width.
 *
 * @param values finite, at least two
 * @param level above 0, below 1
 */
export function edgeworthInterval(values: readonly number[], level = 0.95): Interval {
  const n = values.length;
  const centre = mean(values);
  // Resamples have the variance of the sample itself, divided by n.
  const deviation = standardError(values) * Math.sqrt((n - 1) / n);
  const acceleration = accelerationOfMean(values);
  const end = (normal: number) => {
    const z = correctedQuantile(normal, acceleration, acceleration);
    return centre + deviation * (z + acceleration * (z * z - 1));
  };
  const z = normalQuantile((1 - level) / 2);
  return { low: end(z), high: end(-z), level, method: 'Edgeworth expansion' };
}
