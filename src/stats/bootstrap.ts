import { correctedQuantile } from './bcaInterval.js';
import { accelerationOfMean } from './edgeworthInterval.js';
import type { Interval } from './interval.js';
import { normalCdf, normalQuantile } from './normal.js';
import type { Resamples } from './resamples.js';
import { ascending } from './summary.js';

/** The rounding of a share, so that one that equals a probability is not missed by it. */
const ROUNDING_OF_SHARES = 1e-12;

/** The part of the largest figure by which equal figures may differ. */
const ROUNDING_OF_FIGURES = 1e-15;

/** Quantile by the inverse of the distribution function: the lowest figure up to which there is a share of p. */
function quantileOf({ figures, shares }: Resamples, p: number): number {
  const at = shares.findIndex((share) => share >= p - ROUNDING_OF_SHARES);
  return figures[at < 0 ? figures.length - 1 : at] as number;
}

/** Bootstrap's standard error (B. Efron 1979): the standard deviation of a figure over resamples, each counting by its share. */
export function bootstrapError({ figures, shares }: Resamples): number {
  // From the lowest on, so that equal figures have no error.
  const from = figures[0] as number;
  const weighted = (f: (figure: number) => number) =>
    figures.reduce((sum, figure, i) => sum + f(figure - from) * ((shares[i] as number) - (shares[i - 1] ?? 0)), 0);
  const centre = weighted((figure) => figure);
  return Math.sqrt(weighted((figure) => (figure - centre) * (figure - centre)));
}

/** Percentile interval (B. Efron 1979): between quantiles of a figure over resamples; `level` is above 0, below 1. */
export function bootstrapPercentile(resamples: Resamples, level = 0.95): Interval {
  const tail = (1 - level) / 2;
  const [low, high] = [quantileOf(resamples, tail), quantileOf(resamples, 1 - tail)];
  return { low, high, level, method: 'percentile bootstrap' };
}

/**
 * The acceleration of any figure by the jackknife (B. Efron 1987), Σd³ / (6 (Σd²)^(3/2)), d being how far the figures without one value
 * lie below their mean; 0 where they are equal.
 *
 * @param values at least two
 * @param statistic of ascending values, as many and one fewer
 */
export function jackknifeAcceleration(
  values: readonly number[],
  statistic: (sorted: readonly number[]) => number,
): number {
  const sorted = ascending(values);
  // The same sum with its sign turned: without a value, a figure moves to the other side.
  return 0 - accelerationOfMean(sorted.map((_, without) => statistic(sorted.filter((_, i) => i !== without))));
}

/** What a bias-corrected interval needs to know of a figure beside its resamples. */
export interface BootstrappedFigure {
  readonly estimate: number;
  readonly acceleration: number;
  /** Which part of the resamples equal to the estimate counts as below it: a half by default, 0 as B. Efron has it. */
  readonly ties?: number;
}

export interface BcaBootstrap extends Interval {
  /** z₀, the normal quantile of the share of resamples below the estimate. */
  readonly bias: number;
  /** Of which shares of the resamples the ends are the quantiles. */
  readonly places: readonly [low: number, high: number];
}

/**
 * Bias-corrected and accelerated interval of any figure (B. Efron 1987). Where all resamples lie on one side of the estimate, half of
 * the outermost counts as beyond it, so that the bias has a value.
 *
 * @param level above 0, below 1
 */
export function bootstrapBca(resamples: Resamples, figure: BootstrappedFigure, level = 0.95): BcaBootstrap {
  const { figures, shares } = resamples;
  const { estimate, acceleration, ties = 0.5 } = figure;
  const last = figures.length - 1;
  const rounding = ROUNDING_OF_FIGURES * Math.max(Math.abs(figures[0] as number), Math.abs(figures[last] as number));
  const shareBefore = (at: number) => (at < 0 ? 1 : (shares[at - 1] ?? 0));
  const lower = shareBefore(figures.findIndex((each) => each >= estimate - rounding));
  const upper = shareBefore(figures.findIndex((each) => each > estimate + rounding));
  const below = lower + ties * (upper - lower);
  const [least, most] = [(shares[0] as number) / 2, (1 + shareBefore(last)) / 2];
  const bias = normalQuantile(Math.min(Math.max(below, least), most));
  const place = (z: number) => normalCdf(correctedQuantile(z, bias, acceleration));
  const z = normalQuantile((1 - level) / 2);
  const places = [place(z), place(-z)] as const;
  const [low, high] = [quantileOf(resamples, places[0]), quantileOf(resamples, places[1])];
  return { low, high, level, method: 'BCa bootstrap', bias, places };
}
