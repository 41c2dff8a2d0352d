import { incompleteGamma } from './gamma.js';
import { threshold } from './threshold.js';

/**
 * Quantile of the chi-squared distribution, the x of which P(X ≤ x) = p, by halving; 0 and Infinity at the ends, NaN for what is none.
 *
 * @param p 0 … 1
 * @param df degrees of freedom, any number above 0
 */
export function chiSquaredQuantile(p: number, df: number): number {
  if (Number.isNaN(df)) return Number.NaN;
  if (!(p > 0 && p < 1)) return p === 0 ? 0 : p === 1 ? Infinity : Number.NaN;
  // By the smaller tail, which keeps its relative precision.
  return threshold((x) => {
    const { lower, upper } = incompleteGamma(df / 2, x / 2);
    return p < 0.5 ? lower >= p : upper <= 1 - p;
  }, 0);
}
