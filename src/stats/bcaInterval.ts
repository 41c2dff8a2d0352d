import type { Interval } from './interval.js';
import { normalCdf, normalQuantile } from './normal.js';
import { inverseQuantile } from './percentileInterval.js';

/** What a bias-corrected interval needs to know of a figure. */
export interface BcaFigure {
  /** The figure of the sample itself. */
  readonly estimate: number;
  /** How fast its standard error changes with it; of the jackknife. */
  readonly acceleration: number;
  /** Figures of resamples nearer to the estimate than this count as equal to it. */
  readonly rounding: number;
}

/** How many ascending figures come before the first that is far enough. */
function placeOf(sorted: Float64Array, farEnough: (figure: number) => boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (farEnough(sorted[middle] as number)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/**
 * The bias z₀ of resamples: the normal quantile of the share of them below the estimate, plus half of those equal to it. Half, and
 * not none as in the article, so that mirrored values have mirrored intervals where ties are many.
 */
function biasOf(resampled: Float64Array, { estimate, rounding }: BcaFigure): number {
  const n = resampled.length;
  const lower = placeOf(resampled, (figure) => figure >= estimate - rounding);
  const upper = placeOf(resampled, (figure) => figure > estimate + rounding);
  const below = (lower + upper) / 2;
  return normalQuantile(Math.min(Math.max(below, 0.5), n - 0.5) / n);
}

/** The corrected place of a normal quantile z: z₀ + (z₀ + z) / (1 − a (z₀ + z)), infinite where the denominator is used up. */
export function correctedQuantile(z: number, bias: number, acceleration: number): number {
  const shifted = bias + z;
  const denominator = 1 - acceleration * shifted;
  return denominator > 0 ? bias + shifted / denominator : Math.sign(shifted) * Infinity;
}

/**
 * Bias-corrected and accelerated interval (B. Efron 1987): between quantiles of the resamples, chosen for the bias and the skewness
 * of the figure.
 *
 * @param resampled the figure of each resample, ascending, at least one
 * @param level above 0, below 1
 */
export function bcaInterval(resampled: Float64Array, figure: BcaFigure, level = 0.95): Interval {
  const bias = biasOf(resampled, figure);
  const end = (z: number) => inverseQuantile(resampled, normalCdf(correctedQuantile(z, bias, figure.acceleration)));
  const z = normalQuantile((1 - level) / 2);
  return { low: end(z), high: end(-z), level, method: 'BCa bootstrap' };
}
