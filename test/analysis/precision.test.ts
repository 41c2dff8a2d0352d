import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dataSource } from '../../src/analysis/dataSource.js';
import { precisionWatch } from '../../src/analysis/precision.js';
import { meanIntervals } from '../../src/stats/meanIntervals.js';
import { ascending } from '../../src/stats/summary.js';
import { source } from '../stats/source.js';

/** After how many scores the watch says that they are enough; undefined where it never does. */
function endOf(scores: readonly number[], until: number): number | undefined {
  const watch = precisionWatch(until);
  const at = scores.findIndex((score) => watch.add(score));
  return at < 0 ? undefined : at + 1;
}

/** Every count at which it looks: so little is asked for that any look would end the run. */
function looks(most: number): number[] {
  const watch = precisionWatch(1e12);
  return Array.from({ length: most }, (_, i) => i + 1).filter((count) => watch.add(count));
}

describe('a run that ends when its mean is known well enough', () => {
  test('never ends before six repeats, and ends at the sixth where all are the same', () => {
    expect(endOf(Array(50).fill(0.25), 1e-9)).toBe(6);
    expect(endOf(Array(50).fill(0), 0.01)).toBe(6);
    expect(endOf([1, 1, 1, 1, 1], 0.99)).toBeUndefined();
  });

  test('looks at counts that grow by a tenth, and by one at least', () => {
    expect(looks(40)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 24, 26, 28, 30, 33, 36, 39]);
  });

  test('has then an interval of the mean that is as narrow as was asked for, and had none before', () => {
    const halfWidth = (scores: readonly number[]) => {
      const sorted = ascending(scores);
      const { low, high } = meanIntervals(sorted, dataSource(sorted), 0.95)?.mean ?? { low: -Infinity, high: Infinity };
      return (high - low) / 2 / Math.abs(scores.reduce((sum, score) => sum + score, 0) / scores.length);
    };
    for (const [seed, until] of [
      [1, 0.2],
      [2, 0.1],
      [3, 0.05],
    ] as const) {
      const random = source(seed);
      const scores = Array.from({ length: 3000 }, () => 1 + random());
      const end = endOf(scores, until);
      if (end === undefined) throw new Error('it never ends');
      expect(halfWidth(scores.slice(0, end))).toBeLessThanOrEqual(until);
      for (const count of looks(60).filter((each) => each < end)) {
        expect(halfWidth(scores.slice(0, count))).toBeGreaterThan(until);
      }
    }
  });

  test('ends later the more is asked for, and at the same count for the same scores', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (seed) => {
        const random = source(seed);
        const scores = Array.from({ length: 60 }, () => 1 + random());
        const [rough, fine] = [endOf(scores, 0.15) ?? Infinity, endOf(scores, 0.07) ?? Infinity];
        expect(rough).toBeLessThanOrEqual(fine);
        expect(endOf(scores, 0.07) ?? Infinity).toBe(fine);
      }),
      { numRuns: 4 },
    );
  });

  test('takes no notice of scores that are no numbers, and does not end on those alone', () => {
    expect(endOf(Array(100).fill(Number.NaN), 0.99)).toBeUndefined();
    expect(endOf(Array(100).fill(Infinity), 0.99)).toBeUndefined();
    expect(endOf([Number.NaN, 1, 1, 1, 1, 1, 1], 0.01)).toBe(7);
  });

  test('knows no precision of a mean of 0 whose scores differ', () => {
    const scores = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    expect(endOf(scores, 0.99)).toBeUndefined();
  });
});
