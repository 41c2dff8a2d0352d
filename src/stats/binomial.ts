import { incompleteBeta } from './beta.js';

/**
 * Cumulative distribution function of the binomial distribution, P(X ≤ k) of n trials that succeed with probability p; the lower
 * tail keeps its relative precision.
 *
 * @param k an integer
 * @param n an integer, 0 or more
 * @param p 0 … 1
 */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return incompleteBeta(n - k, k + 1, 1 - p, p);
}
