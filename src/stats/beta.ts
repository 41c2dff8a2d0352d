import { continuedFraction } from './continuedFraction.js';
import { betaPower } from './saddlePoint.js';

/**
 * Regularized incomplete beta function I_x(a, b), by its continued fraction (M. Abramowitz & I. Stegun 1964, 26.5.8). What lies
 * in the lower tail keeps its relative precision; for the upper tail ask for I_y(b, a).
 *
 * @param a above 0
 * @param b above 0
 * @param x 0 … 1
 * @param y 1 − x, by itself because digits are lost where x is near 1
 */
export function incompleteBeta(a: number, b: number, x: number, y: number): number {
  if (Number.isNaN(x + y)) return Number.NaN;
  if (x <= 0 || y <= 0) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, y, x);
  const fraction = continuedFraction(1, (k) => {
    const m = k >> 1;
    const numerator = k % 2 === 0 ? m * (b - m) : -(a + m) * (a + b + m);
    return [(numerator / (a + k - 1) / (a + k)) * x, 1];
  });
  return betaPower(a, b, x, y) / (a * fraction);
}
