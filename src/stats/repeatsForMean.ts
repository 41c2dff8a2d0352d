import { normalQuantile } from './normal.js';
import { studentTCdf } from './studentT.js';

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
  const z = normalQuantile(tail);
  // By the normal quantile, which is nearer to 0 than Student's.
  let n = Math.max(2, Math.ceil(z * z * ratio * ratio));
  if (!Number.isSafeInteger(n)) return null;
  // Whether √n / ratio is at least the quantile, asked of the distribution function: that takes no solving.
  while (studentTCdf(-Math.sqrt(n) / ratio, n - 1) > tail) n += 1;
  return n;
}
