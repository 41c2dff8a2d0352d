import { mean, standardDeviation } from './summary.js';

/** What one source of randomness does to the variance of scores. */
export interface SobolIndices {
  /** ½ mean((f(A) − f(AB))²): the variance that goes when all sources but this are held. */
  readonly variance: number;
  /** That share of the variance, interactions with other sources included. */
  readonly total: number;
  /** The share of the variance that the source makes by itself; by chance it may be below 0. */
  readonly first: number;
}

/**
 * Sobol' indices of one source (I. Sobol' 1993) by the estimators of M. Jansen (1999). All scores of a share one variance, that of
 * `first` and `second` together; `null` where they do not vary.
 *
 * @param first scores of independent repeats, at least one, finite
 * @param second scores of as many further ones
 * @param swapped scores of the first, with the one source taken from the second
 */
export function sobolIndices(
  first: readonly number[],
  second: readonly number[],
  swapped: readonly number[],
): SobolIndices | null {
  const deviation = standardDeviation([...first, ...second]);
  if (deviation === 0) return null;
  const halfSquare = (values: readonly number[]) => {
    const distances = values.map((value, i) => (value - (swapped[i] as number)) / deviation);
    return mean(distances.map((distance) => distance * distance)) / 2;
  };
  const total = halfSquare(first);
  return { variance: total * deviation * deviation, total, first: 1 - halfSquare(second) };
}
