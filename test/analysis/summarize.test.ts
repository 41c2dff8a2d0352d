import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summarize } from '../../src/analysis/summarize.js';

const none = {
  mean: null,
  standardDeviation: null,
  standardError: null,
  median: null,
  lowerQuartile: null,
  upperQuartile: null,
  min: null,
  max: null,
};

describe('summarize', () => {
  test('scores that diverged are left out of the figures and counted in a warning', () => {
    const summary = summarize([3, Number.NaN, 1, Infinity, 2, -Infinity]);
    expect(summary).toEqual({ ...summarize([1, 2, 3]), count: 6, finite: 3, warnings: summary.warnings });
    expect(summary.mean).toBe(2);
    expect(summary.standardDeviation).toBe(1);
    expect(summary.warnings).toEqual(['3 of 6 repeats diverged; the figures leave them out']);
  });

  test('without a finite score every figure is null', () => {
    expect(summarize([Number.NaN, Infinity])).toEqual({
      ...none,
      count: 2,
      finite: 0,
      warnings: ['2 of 2 repeats diverged; there is no figure'],
    });
    expect(summarize([])).toEqual({ ...none, count: 0, finite: 0, warnings: [] });
  });

  test('one repeat has no standard deviation, and a warning says so', () => {
    expect(summarize([0.5])).toEqual({
      count: 1,
      finite: 1,
      mean: 0.5,
      standardDeviation: null,
      standardError: null,
      median: 0.5,
      lowerQuartile: 0.5,
      upperQuartile: 0.5,
      min: 0.5,
      max: 0.5,
      warnings: ['a standard deviation needs 2 finite scores, got 1'],
    });
    expect(summarize([0.5, Number.NaN]).warnings).toHaveLength(2);
  });

  test('equal scores have a standard deviation of exactly 0 and no warning', () => {
    const { mean, standardDeviation, warnings } = summarize([0.1, 0.1, 0.1]);
    expect({ mean, standardDeviation, warnings }).toEqual({ mean: 0.1, standardDeviation: 0, warnings: [] });
  });

  test('the order of the repeats changes no bit of any figure', () => {
    const orders = fc
      .array(fc.double())
      .chain((scores) => fc.tuple(fc.constant(scores), fc.shuffledSubarray(scores, { minLength: scores.length })));
    fc.assert(
      fc.property(orders, ([scores, shuffled]) => {
        expect(summarize(shuffled)).toEqual(summarize(scores));
      }),
    );
  });

  test('a million repeats are summarized', () => {
    const summary = summarize(Array.from({ length: 1_000_000 }, (_, i) => i));
    expect(summary).toMatchObject({ mean: 499_999.5, median: 499_999.5, min: 0, max: 999_999 });
  });
});
