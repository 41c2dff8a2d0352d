import { exp, log } from '../kernel/elementary.js';
import { mean, standardDeviation } from './summary.js';

/**
 * Geometric mean, e to the mean of the logarithms: what is typical of values that span decades.
 *
 * @param values above 0, finite, at least one
 */
export function geometricMean(values: readonly number[]): number {
  return exp(mean(values.map(log)));
}

/**
 * Geometric standard deviation, e to the sample standard deviation of the logarithms: a factor, 1 where all values are equal, and
 * Infinity where the factor leaves float64's range.
 *
 * @param values above 0, finite, at least two
 */
export function geometricStandardDeviation(values: readonly number[]): number {
  return exp(standardDeviation(values.map(log)));
}
