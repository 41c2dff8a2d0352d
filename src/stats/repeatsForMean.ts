import { normalQuantile } from './normal.js';
import { studentTQuantile } from './studentT.js';

/**
 * How many values give a mean with an interval of ± `half`: the smallest n of which t s / √n is not above it, with Student's t of
 * n − 1 degrees of freedom, s being what the standard deviation is taken to be. `null` where n is beyond any integer of float64.
 *
 * @param standardDeviation 0 or more
 * @param half above 0
 * @param level above 0, below 1
 */
export function repeatsForMean(standardDeviation: number, half: number, level = 0.95): number | null {
  const tail = (1 - level) / 2;
  const ratio = standardDeviation / half;
  const atLeast = (quantile: number) => quantile * quantile * ratio * ratio;
  // By the normal quantile, which is below Student's.
  const start = Math.max(2, Math.ceil(atLeast(normalQuantile(tail))));
  if (!Number.isSafeInteger(start)) return null;
  let n = start;
  while (n < atLeast(studentTQuantile(tail, n - 1))) n += 1;
  return n;
}
