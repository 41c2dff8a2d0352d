import fc from 'fast-check';
import * as simple from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import {
  ascending,
  mean,
  median,
  quantile,
  quartiles,
  standardDeviation,
  standardError,
} from '../../src/stats/summary.js';
import { expectNear } from './near.js';
import { articles } from './summaries.js';

// Scores far from where float64 loses digits; doubling them is exact.
const score = fc
  .double({ min: -1e250, max: 1e250, noNaN: true })
  .map((value) => (Math.abs(value) < 1e-250 ? 0 : value));
const scores = fc.array(score, { minLength: 2, maxLength: 40 });

describe('figures of any scores', () => {
  test('equal values have that very mean and a standard deviation of exactly 0', () => {
    fc.assert(
      fc.property(score, fc.integer({ min: 2, max: 50 }), (value, count) => {
        const values = new Array<number>(count).fill(value);
        expect(mean(values)).toBe(value);
        expect(standardDeviation(values)).toBe(0);
        expect(standardError(values)).toBe(0);
      }),
    );
  });

  test('doubling the scores doubles every figure exactly', () => {
    fc.assert(
      fc.property(scores, (values) => {
        const doubled = values.map((value) => 2 * value);
        expect(mean(doubled)).toBe(2 * mean(values));
        expect(standardDeviation(doubled)).toBe(2 * standardDeviation(values));
        expect(standardError(doubled)).toBe(2 * standardError(values));
        const [one, two] = [ascending(values), ascending(doubled)];
        expect(median(two)).toBe(2 * median(one));
        expect(quartiles(two)).toEqual(quartiles(one).map((value) => 2 * value));
      }),
    );
  });

  test('an order of the scores is as good as another', () => {
    fc.assert(
      fc.property(scores, (values) => {
        expect(ascending([...values].reverse())).toEqual(ascending(values));
      }),
    );
  });

  test('a quantile lies between order statistics and is the one that stands at its place', () => {
    const sorted = [1, 2, 4, 8, 16];
    expect([0, 0.25, 0.5, 0.75, 1].map((p) => quantile(sorted, p))).toEqual(sorted);
    expect(quantile(sorted, 0.125)).toBe(1.5);
    expect(quantile([3], 0.25)).toBe(3);
  });

  test('simple-statistics as installed has the same quantiles, as it has had since 7.8.9', () => {
    const sorted = ascending(articles[0]?.[1].values ?? []);
    for (const p of [0.1, 0.25, 0.5, 0.75]) expect(simple.quantileSorted(sorted, p)).toBe(quantile(sorted, p));
  });

  test('neither the largest nor the smallest float64 squares leave the range', () => {
    expect(mean([1.5e308, 1.6e308, 1.7e308])).toBeCloseTo(1.6e308, -295);
    expectNear(standardDeviation([1e200, 3e200]), Math.SQRT2 * 1e200);
    expectNear(standardDeviation([1e-200, 3e-200]), Math.SQRT2 * 1e-200);
  });

  test('a mean or standard deviation of too few values throws', () => {
    expect(() => mean([])).toThrow();
    expect(() => standardDeviation([1])).toThrow();
  });
});
