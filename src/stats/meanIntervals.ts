import { bcaInterval } from './bcaInterval.js';
import { accelerationOfMean, edgeworthInterval } from './edgeworthInterval.js';
import type { Interval } from './interval.js';
import { percentileInterval } from './percentileInterval.js';
import type { RandomSource } from './randomSource.js';
import { resampledMeans } from './resampledMeans.js';
import { mean } from './summary.js';
import { trimmedInterval } from './trimmedInterval.js';
import { unitScale } from './unitScale.js';

/** Enough for the ends of an interval at 95% to vary by some hundredths of its width (B. Efron 1987 asks for 1,000). */
const RESAMPLES = 10_000;

/** With more values than this the intervals are taken from the limits that resampling tends to: it takes time, and adds nothing. */
const MOST_RESAMPLED = 300;

/** Intervals of the mean and of the interquartile mean. */
export interface MeanIntervals {
  readonly mean: Interval;
  readonly interquartileMean: Interval;
}

/** The interval as far as the values reach: a mean lies among them, but for rounding. */
function among(sorted: readonly number[], { low, high, ...rest }: Interval): Interval {
  const [lowest, highest] = [sorted[0] as number, sorted.at(-1) as number];
  return { low: Math.max(low, lowest), high: Math.min(high, highest), ...rest };
}

/** Intervals of one set of resamples of values whose sum is in float64's range. */
function resampledIntervals(values: readonly number[], random: RandomSource, level: number): MeanIntervals {
  const { means, interquartileMeans } = resampledMeans(values, RESAMPLES, random);
  const figure = {
    estimate: mean(values),
    acceleration: accelerationOfMean(values),
    // As far off as the sum of the products may be, over n.
    rounding: 2 * Number.EPSILON * values.reduce((sum, value) => sum + Math.abs(value), 0),
  };
  return { mean: bcaInterval(means, figure, level), interquartileMean: percentileInterval(interquartileMeans, level) };
}

/** Intervals that resampling tends to. */
function limitingIntervals(values: readonly number[], level: number): MeanIntervals {
  return { mean: edgeworthInterval(values, level), interquartileMean: trimmedInterval(values, level) };
}

/**
 * Intervals of the mean (BCa bootstrap) and of the interquartile mean (percentile bootstrap), from the same 10,000 resamples; of
 * more than 300 values by `edgeworthInterval` and `trimmedInterval`. Of equal values both are that value; `null` of less than two.
 *
 * @param sorted ascending, finite
 * @param level above 0, below 1
 */
export function meanIntervals(sorted: readonly number[], random: RandomSource, level = 0.95): MeanIntervals | null {
  if (sorted.length < 2) return null;
  // Scaled, so that neither a sum nor a cube leaves float64's range.
  const scale = unitScale(sorted);
  const values = sorted.map((value) => value * scale);
  const intervals =
    values.length > MOST_RESAMPLED ? limitingIntervals(values, level) : resampledIntervals(values, random, level);
  const unscaled = ({ low, high, ...rest }: Interval) =>
    among(sorted, { low: low / scale, high: high / scale, ...rest });
  return { mean: unscaled(intervals.mean), interquartileMean: unscaled(intervals.interquartileMean) };
}
