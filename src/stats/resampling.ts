/** Resamples that are drawn where there are too many to look at each. */
export const RESAMPLES = 10_000;
/** Draws beyond which the limit of the resamples' distribution takes over. */
export const MOST_DRAWS = 10_000_000;
/** Sums as near as this, of the sum of magnitudes, are equal but for rounding, which takes digits of decimals far from 0. */
export const ROUNDING = 1e-12;

/** A p value, two-sided, and how it was come by. */
export interface ResamplingTest {
  readonly p: number;
  readonly method: 'exact' | 'monteCarlo' | 'normal';
}
