import { mean, sampleStandardDeviation } from 'simple-statistics';

/** Arithmetic mean; at least one value. */
export { mean };

/** Sample standard deviation √(Σ(x − x̄)² / (n − 1)); at least two values; exactly 0 where all are equal. */
export function standardDeviation(values: readonly number[]): number {
  return values.every((value) => value === values[0]) ? 0 : sampleStandardDeviation([...values]);
}

/** Standard error of the mean, s / √n; at least two values. */
export function standardError(values: readonly number[]): number {
  return standardDeviation(values) / Math.sqrt(values.length);
}

/**
 * Quantile of type 7 (R. Hyndman & Y. Fan 1996), R's and NumPy's default: linear between order statistics. simple-statistics
 * takes one of the order statistics instead.
 *
 * @param sorted ascending, at least one value
 * @param p 0 … 1
 */
export function quantile(sorted: readonly number[], p: number): number {
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (position - below) * (high - low);
}
