import type { Interval } from './interval.js';

/** The rounding of a probability, so that a whole number of resamples stays one. */
const ROUNDING = 1e-9;

/** Quantile by the inverse of the distribution function: the lowest of the values up to which there is a share of p. */
export function inverseQuantile(sorted: Float64Array, p: number): number {
  const place = Math.ceil(p * sorted.length - ROUNDING);
  return sorted[Math.min(Math.max(place, 1), sorted.length) - 1] as number;
}

/**
 * Percentile interval of a figure (B. Efron 1979), between the quantiles of its resamples.
 *
 * @param resampled the figure of each resample, ascending, at least one
 * @param level above 0, below 1
 */
export function percentileInterval(resampled: Float64Array, level = 0.95): Interval {
  const tail = (1 - level) / 2;
  return {
    low: inverseQuantile(resampled, tail),
    high: inverseQuantile(resampled, 1 - tail),
    level,
    method: 'percentile bootstrap',
  };
}
