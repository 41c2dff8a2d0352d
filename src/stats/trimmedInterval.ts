import { interquartileMean, trimmedAtEachEnd } from './interquartileMean.js';
import type { Interval } from './interval.js';
import { studentTQuantile } from './studentT.js';
import { standardDeviation } from './summary.js';

/**
 * Interval of the interquartile mean without resampling: ± t times the standard error of a trimmed mean, which is made of the
 * winsorized standard deviation, the dropped values being replaced by the nearest that are left (J. Tukey & D. McLaughlin 1963).
 *
 * @param sorted ascending, finite, at least three values
 * @param level above 0, below 1
 */
export function trimmedInterval(sorted: readonly number[], level = 0.95): Interval {
  const n = sorted.length;
  const cut = trimmedAtEachEnd(n);
  const kept = n - 2 * cut;
  const [lowest, highest] = [sorted[cut] as number, sorted[n - cut - 1] as number];
  const winsorized = sorted.map((value) => Math.min(Math.max(value, lowest), highest));
  const error = standardDeviation(winsorized) * Math.sqrt((n - 1) / (kept * (kept - 1)));
  const centre = interquartileMean(sorted);
  const half = -studentTQuantile((1 - level) / 2, kept - 1) * error;
  return { low: centre - half, high: centre + half, level, method: 'Tukey-McLaughlin' };
}
