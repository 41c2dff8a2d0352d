import { nonCentralTSurvival } from './nonCentralT.js';
import { studentTQuantile } from './studentT.js';
import { threshold } from './threshold.js';

/**
 * Power of Student's t test of two samples of the same size, two-sided: the chance that it finds a difference of d standard deviations, by
 * the noncentral t distribution with δ = d √(n / 2) (J. Cohen 1988), as statsmodels' `TTestIndPower`.
 *
 * @param effect Cohen's d
 * @param n values a side, above 1; not only whole numbers
 * @param alpha chance of a difference that is none, above 0, below 1
 */
export function twoSampleTPower(effect: number, n: number, alpha = 0.05): number {
  const df = 2 * n - 2;
  const critical = -studentTQuantile(alpha / 2, df);
  const noncentrality = effect * Math.sqrt(n / 2);
  return nonCentralTSurvival(critical, df, noncentrality) + nonCentralTSurvival(critical, df, -noncentrality);
}

/**
 * How many values a side give that test a power, not rounded; Infinity for an effect of 0.
 *
 * @param power above alpha, below 1
 */
export function twoSampleTSize(effect: number, power = 0.8, alpha = 0.05): number {
  if (effect === 0) return Infinity;
  return threshold((n) => twoSampleTPower(effect, n, alpha) >= power, 1);
}

/** The smallest effect, as Cohen's d, that the test finds with a power, with n values a side; as above. */
export function twoSampleTEffect(n: number, power = 0.8, alpha = 0.05): number {
  return threshold((effect) => twoSampleTPower(effect, n, alpha) >= power, 0);
}
