import { exp, log, log1p } from '../kernel/elementary.js';

const TWO_PI = 6.283185307179586;

/** Coefficients of 1/x, 1/x³, 1/x⁵ … in Stirling's series (M. Abramowitz & I. Stegun 1964, 6.1.41). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156] as const;

/** From here on seven terms of Stirling's series are exact to float64. */
const LARGE = 10;

/**
 * What Stirling's formula leaves of the logarithm of a factorial: ln Γ(x + 1) − ((x + ½) ln x − x + ln √(2π)), with an absolute
 * error near 1e-15.
 *
 * @param x above 0
 */
export function stirlingError(x: number): number {
  let rest = 0;
  let at = x;
  for (; at < LARGE; at += 1) rest += (at + 0.5) * log1p(1 / at) - 1;
  const step = 1 / (at * at);
  const series = STIRLING.reduceRight((sum, coefficient) => sum * step + coefficient, 0);
  return rest + series / at;
}

/** Deviance x ln(x / m) + m − x of x from m, both above 0, without the loss where they are near each other. */
function deviance(x: number, m: number): number {
  const difference = x - m;
  if (Math.abs(difference) >= 0.1 * (x + m)) return x * log(x / m) - difference;
  const v = difference / (x + m);
  let sum = difference * v;
  let power = 2 * x * v;
  for (let j = 3; ; j += 2) {
    power *= v * v;
    const next = sum + power / j;
    if (next === sum) return sum;
    sum = next;
  }
}

/**
 * xᵃ e⁻ˣ / Γ(a), by the saddle-point expansion (C. Loader 2000): no digits are lost where a is large.
 *
 * @param a above 0
 * @param x above 0
 */
export function gammaPower(a: number, x: number): number {
  return a * exp(-stirlingError(a) - deviance(a, x)) * Math.sqrt(1 / (TWO_PI * a));
}

/**
 * xᵃ yᵇ / B(a, b) with y = 1 − x, by the saddle-point expansion (C. Loader 2000): no digits are lost where a or b is large.
 *
 * @param a above 0
 * @param b above 0
 * @param x above 0, below 1
 */
export function betaPower(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const exponent = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y);
  return exp(exponent) * Math.sqrt((a / n) * (b / TWO_PI));
}
