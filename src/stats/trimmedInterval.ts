import { interquartileMean, trimmedAtEachEnd } from './interquartileMean.js';
import type { Interval } from './interval.js';
import { normalQuantile } from './normal.js';
import { mean, quantile } from './summary.js';

/**
 * The slope of the quantile function at a share, 1 / density, over the distance by which the quantiles of resamples vary.
 *
 * @param sorted ascending
 */
function slopeAt(sorted: readonly number[], share: number): number {
  const distance = Math.sqrt((share * (1 - share)) / sorted.length);
  const [from, to] = [Math.max(0, share - distance), Math.min(1, share + distance)];
  return (quantile(sorted, to) - quantile(sorted, from)) / (to - from);
}

/**
 * Interval of the interquartile mean that the percentile bootstrap tends to, without resampling: the quantiles of resampled means
 * by the first terms of the expansion of E. Cornish & R. Fisher (1938). Their standard error is that of the winsorized values, the
 * dropped ones being replaced by the nearest that are left (J. Tukey & D. McLaughlin 1963). Their bias and skewness are also those
 * of the places where resamples are cut, as in the expansion of a trimmed mean by N. Gribkova & R. Helmers (2006).
 *
 * @param sorted ascending, finite, at least four values, their squares and cubes within float64's range
 * @param level above 0, below 1
 */
export function trimmedInterval(sorted: readonly number[], level = 0.95): Interval {
  const n = sorted.length;
  const cut = trimmedAtEachEnd(n);
  const kept = n - 2 * cut;
  const share = cut / n;
  const [lowest, highest] = [sorted[cut] as number, sorted[n - cut - 1] as number];
  const winsorized = sorted.map((value) => Math.min(Math.max(value, lowest), highest));
  const middle = mean(winsorized);
  let squares = 0;
  let cubes = 0;
  for (const value of winsorized) {
    const off = value - middle;
    squares += off * off;
    cubes += off * off * off;
  }
  const centre = interquartileMean(sorted);
  if (squares === 0) return { low: centre, high: centre, level, method: 'Edgeworth expansion' };
  // A resample's figure is off by the sum of its winsorized values' deviations over `kept`, and by the square of how far its shares
  // beyond the cuts are off, times half of the slope there over kept / n.
  const deviation = Math.sqrt(squares) / kept;
  const weightAt = (place: number) => (slopeAt(sorted, place) * n) / (2 * kept);
  const [atLower, atUpper] = [weightAt(share), weightAt(1 - share)];
  const bias = ((atUpper - atLower) * share * (1 - share)) / n;
  const [withLower, withUpper] = [lowest, highest].map((value) => (share * (value - middle)) / kept) as [
    number,
    number,
  ];
  const thirdMoment =
    cubes / (kept * kept * kept) + 6 * (atUpper * withUpper * withUpper - atLower * withLower * withLower);
  const skewness = thirdMoment / (deviation * deviation * deviation);
  const end = (z: number) => centre + bias + deviation * (z + (skewness / 6) * (z * z - 1));
  const z = normalQuantile((1 - level) / 2);
  return { low: end(z), high: end(-z), level, method: 'Edgeworth expansion' };
}
