import { ascending, median } from './summary.js';

/** 1 / Φ⁻¹(3/4), to the digits that R's `mad` has, so that figures agree. */
const NORMAL_CONSISTENCY = 1.4826;

/**
 * Median absolute deviation from the median (C. F. Gauss 1816; F. Hampel 1974): a spread that up to half of the values cannot carry
 * away.
 *
 * @param sorted ascending, finite, at least one value
 */
export function medianAbsoluteDeviation(sorted: readonly number[]): number {
  const centre = median(sorted);
  return median(ascending(sorted.map((value) => Math.abs(value - centre))));
}

/** The median absolute deviation times 1.4826: of a normal distribution that is the standard deviation; `sorted` as above. */
export function robustStandardDeviation(sorted: readonly number[]): number {
  return NORMAL_CONSISTENCY * medianAbsoluteDeviation(sorted);
}
