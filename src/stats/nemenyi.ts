import { studentizedRangeQuantile, studentizedRangeSurvival } from './studentizedRange.js';

export interface Nemenyi {
  /** Mean ranks that differ by this or more differ at the level α. */
  readonly criticalDifference: number;
  /** p of each treatment against each, adjusted for their number; 1 against itself. */
  readonly ps: readonly (readonly number[])[];
}

/**
 * Nemenyi's test of all pairs of treatments after Friedman's (P. Nemenyi 1963; J. Demšar 2006): differences of mean ranks over their
 * standard error √(k (k + 1) / (6 n)), by the range of k normal values.
 *
 * @param meanRanks of two or more treatments, as `friedman` has them
 * @param blocks how many were ranked in, at least one
 */
export function nemenyi(meanRanks: readonly number[], blocks: number, alpha = 0.05): Nemenyi {
  const k = meanRanks.length;
  // Of a range, whose unit is the deviation of one value and not of a difference.
  const error = Math.sqrt((k * (k + 1)) / (12 * blocks));
  return {
    criticalDifference: studentizedRangeQuantile(1 - alpha, k) * error,
    ps: meanRanks.map((rank) => meanRanks.map((other) => studentizedRangeSurvival(Math.abs(rank - other) / error, k))),
  };
}
