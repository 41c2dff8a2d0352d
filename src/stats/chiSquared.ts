import { incompleteGamma } from './gamma.js';

/**
 * Survival function of the chi-squared distribution, P(X > x).
 *
 * @param df degrees of freedom, any number above 0
 */
export function chiSquaredSurvival(x: number, df: number): number {
  return incompleteGamma(df / 2, x / 2).upper;
}
