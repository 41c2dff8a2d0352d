import { exp, log } from '../kernel/elementary.js';
import { incompleteBeta } from './beta.js';
import { normalQuantile, normalSurvival } from './normal.js';
import { ascending, mean } from './summary.js';
import { unitScale } from './unitScale.js';

/** Of so many values at most the approximation is known to hold. */
const MOST = 5000;

// Polynomials of algorithm AS R94 (P. Royston 1995), constants first. In 1/√n, what the two outermost weights exceed those of normal scores by:
const OUTERMOST = [0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056];
const SECOND = [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633];
// In n, up to 11 values: the largest ln(1 − W), and mean and logarithm of the standard deviation of what is made of it.
const LARGEST = [-2.273, 0.459];
const MEAN_OF_FEW = [0.544, -0.39978, 0.025054, -6.714e-4];
const DEVIATION_OF_FEW = [1.3822, -0.77857, 0.062767, -0.0020322];
// In ln n, from 12 on: mean and logarithm of the standard deviation of ln(1 − W).
const MEAN_OF_MANY = [-1.5861, -0.31082, -0.083751, 0.0038915];
const DEVIATION_OF_MANY = [-0.4803, -0.082676, 0.0030302];

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}

/** Weights of the upper half of n ascending values, outermost first; those of the lower half are their negatives. */
function upperWeights(n: number): number[] {
  if (n === 3) return [Math.sqrt(0.5)];
  const scores = Array.from({ length: Math.floor(n / 2) }, (_, i) => -normalQuantile((i + 0.625) / (n + 0.25)));
  const sumOfSquares = (numbers: readonly number[]) => 2 * numbers.reduce((sum, each) => sum + each * each, 0);
  const all = sumOfSquares(scores);
  const corrections = n > 5 ? [OUTERMOST, SECOND] : [OUTERMOST];
  const outer = corrections.map(
    (correction, i) => (scores[i] as number) / Math.sqrt(all) + polynomial(correction, 1 / Math.sqrt(n)),
  );
  const inner = scores.slice(outer.length);
  const factor = Math.sqrt((1 - sumOfSquares(outer)) / sumOfSquares(inner));
  return [...outer, ...inner.map((score) => score * factor)];
}

/** The chance of a W as small among n values of a normal distribution. */
function chance(w: number, rest: number, n: number): number {
  // Exact: (6 / π) (arcsin √W − arcsin √¾), the incomplete beta function being an arcsine.
  if (n === 3) return Math.max(0, 3 * incompleteBeta(0.5, 0.5, w, rest) - 2);
  const y = log(rest);
  if (n > 11) {
    const x = log(n);
    return normalSurvival((y - polynomial(MEAN_OF_MANY, x)) / exp(polynomial(DEVIATION_OF_MANY, x)));
  }
  const largest = polynomial(LARGEST, n);
  if (y >= largest) return 0;
  return normalSurvival((-log(largest - y) - polynomial(MEAN_OF_FEW, n)) / exp(polynomial(DEVIATION_OF_FEW, n)));
}

/**
 * Shapiro-Wilk test of whether values come from a normal distribution (S. Shapiro & M. Wilk 1965; algorithm AS R94, P. Royston
 * 1995): W is near 1 if they do. `null` with fewer than 3 or more than 5000 values, or where all are equal.
 *
 * @param values finite
 */
export function shapiroWilk(values: readonly number[]): { readonly w: number; readonly p: number } | null {
  const n = values.length;
  if (n < 3 || n > MOST || values.every((value) => value === values[0])) return null;
  const scale = unitScale(values);
  const scaled = ascending(values).map((value) => value * scale);
  const centre = mean(scaled);
  const squares = scaled.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
  const weights = upperWeights(n);
  const weighted = weights.reduce(
    (sum, weight, i) => sum + weight * ((scaled[n - 1 - i] as number) - (scaled[i] as number)),
    0,
  );
  const length = Math.sqrt(2 * squares * weights.reduce((sum, weight) => sum + weight * weight, 0));
  // 1 − W as a product, since W may be near 1.
  const rest = Math.max(0, ((length - weighted) / length) * ((length + weighted) / length));
  return { w: 1 - rest, p: chance(1 - rest, rest, n) };
}
