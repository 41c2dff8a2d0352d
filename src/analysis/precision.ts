import { meanIntervals } from '../stats/meanIntervals.js';
import { ascending } from '../stats/summary.js';
import { dataSource } from './dataSource.js';

/** Repeats before which nothing is concluded. */
const FEWEST = 6;
/** From one look to the next there are so many times as many repeats, and one more at least. */
const STEP = 1.1;
const LEVEL = 0.95;

/** Whether scores, one after the other, are enough. */
export interface PrecisionWatch {
  /** Takes the next score; whether the run may end. */
  add(score: number): boolean;
}

/** Half the width of the interval of the mean, as a part of the mean; `null` where there is none. */
function relativeHalfWidth(scores: readonly number[]): number | null {
  const sorted = ascending(scores);
  const interval = meanIntervals(sorted, dataSource(sorted), LEVEL)?.mean;
  const center = sorted.reduce((sum, score) => sum + score, 0) / sorted.length;
  if (!interval || center === 0) return sorted[0] === sorted.at(-1) && sorted.length > 0 ? 0 : null;
  return (interval.high - interval.low) / 2 / Math.abs(center);
}

/**
 * Watches for the interval of the mean (BCa, 95%) to be as narrow as is asked for. It looks after 6 repeats and then at growing
 * distances, at counts that depend on nothing else, so that the same scores end at the same count.
 *
 * @param until the part of the mean that half the interval may be, above 0
 */
export function precisionWatch(until: number): PrecisionWatch {
  const finite: number[] = [];
  let count = 0;
  let next = FEWEST;
  return {
    add(score) {
      count += 1;
      if (Number.isFinite(score)) finite.push(score);
      if (count < next) return false;
      next = Math.max(next + 1, Math.floor(next * STEP));
      const width = finite.length < FEWEST ? null : relativeHalfWidth(finite);
      return width !== null && width <= until;
    },
  };
}
