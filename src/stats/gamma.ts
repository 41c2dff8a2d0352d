import { log } from '../kernel/elementary.js';
import { continuedFraction } from './continuedFraction.js';
import { gammaPower, stirlingError } from './saddlePoint.js';

const LOG_SQRT_2_PI = 0.9189385332046728; // ln √(2π)

/**
 * Logarithm of the gamma function, ln Γ(x), by Stirling's formula; its absolute error is near 1e-15 times the larger of 1 and the
 * result.
 *
 * @param x above 0
 */
export function logGamma(x: number): number {
  return (x - 0.5) * log(x) - x + LOG_SQRT_2_PI + stirlingError(x);
}

/** Regularized lower incomplete gamma function for x < a + 1, by its power series (M. Abramowitz & I. Stegun 1964, 6.5.29). */
function lowerBySeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; ; k += 1) {
    term *= x / (a + k);
    const next = sum + term;
    if (next === sum) return sum * gammaPower(a, x);
    sum = next;
  }
}

/** Regularized upper incomplete gamma function for x ≥ a + 1, by its continued fraction (M. Abramowitz & I. Stegun 1964, 6.5.31). */
function upperByFraction(a: number, x: number): number {
  const fraction = continuedFraction(x + 1 - a, (k) => [k * (a - k), x + 1 - a + 2 * k]);
  return gammaPower(a, x) / fraction;
}

/**
 * Regularized lower and upper incomplete gamma function P(a, x) and Q(a, x) = 1 − P(a, x); the smaller of them keeps its relative
 * precision.
 *
 * @param a above 0
 * @param x 0 or more
 */
export function incompleteGamma(a: number, x: number): { readonly lower: number; readonly upper: number } {
  if (Number.isNaN(x)) return { lower: x, upper: x };
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  if (x < a + 1) {
    const lower = lowerBySeries(a, x);
    return { lower, upper: 1 - lower };
  }
  const upper = upperByFraction(a, x);
  return { lower: 1 - upper, upper };
}
