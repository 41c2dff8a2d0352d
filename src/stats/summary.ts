import { sampleStandardDeviation, mean as sumOverCount } from 'simple-statistics';
import { unitScale } from './unitScale.js';

function allEqual(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

/**
 * Arithmetic mean Σx / n, the sum compensated (A. Neumaier 1974; simple-statistics); exactly the value where all are equal.
 *
 * @param values finite, at least one
 */
export function mean(values: readonly number[]): number {
  if (values.length > 0 && allEqual(values)) return values[0] as number;
  const scale = unitScale(values);
  return sumOverCount(values.map((value) => value * scale)) / scale;
}

/**
 * Sample standard deviation √(Σ(x − x̄)² / (n − 1)), with Bessel's correction; exactly 0 where all values are equal.
 *
 * @param values finite, at least two
 */
export function standardDeviation(values: readonly number[]): number {
  // A rounded mean would leave a rest: simple-statistics makes 1.7e-17 of three times 0.1.
  if (values.length > 1 && allEqual(values)) return 0;
  const scale = unitScale(values);
  return sampleStandardDeviation(values.map((value) => value * scale)) / scale;
}

/** Standard error of the mean s / √n, s being the sample standard deviation; at least two finite values. */
export function standardError(values: readonly number[]): number {
  return standardDeviation(values) / Math.sqrt(values.length);
}

/** Order statistics: the values in ascending order, −0 before 0. */
export function ascending(values: readonly number[]): number[] {
  return Array.from(Float64Array.from(values).sort());
}

/**
 * Quantile of type 7 (R. Hyndman & Y. Fan 1996), the default of R and NumPy: linear between order statistics, at h = (n − 1) p.
 * Defined here, because simple-statistics changed its definition inside version 7: one order statistic up to 7.8.8, type 7 now.
 * A figure of ours shall not depend on which one is installed.
 *
 * @param sorted ascending, at least one value
 * @param p 0 … 1
 */
export function quantile(sorted: readonly number[], p: number): number {
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  if (low === high) return low;
  const part = position - below;
  const distance = high - low;
  // Between the largest numbers of either sign the distance is none of float64's.
  return Number.isFinite(distance) ? low + part * distance : (1 - part) * low + part * high;
}

/** The quantile of type 7 at one half: the middle value, or the mean of the two in the middle; `sorted` as for `quantile`. */
export function median(sorted: readonly number[]): number {
  return quantile(sorted, 0.5);
}

/** The quantiles of type 7 at 1/4 and 3/4; `sorted` as for `quantile`. */
export function quartiles(sorted: readonly number[]): [lower: number, upper: number] {
  return [quantile(sorted, 0.25), quantile(sorted, 0.75)];
}
