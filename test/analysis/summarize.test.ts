import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summarize } from '../../src/analysis/summarize.js';
import { reference } from '../reference.js';

const none = {
  mean: null,
  standardDeviation: null,
  standardError: null,
  median: null,
  lowerQuartile: null,
  upperQuartile: null,
  interquartileMean: null,
  min: null,
  max: null,
  decades: null,
  skewness: null,
  intervals: { mean: null, median: null, interquartileMean: null },
  outliers: [],
  repeatsNeeded: { within25: null, within10: null },
};

const { datasets } = reference<{ datasets: { theano: { values: readonly number[] } } }>('statistics.json');

describe('summarize', () => {
  test('scores that diverged are left out of the figures and counted in a warning', () => {
    const summary = summarize([3, Number.NaN, 1, Infinity, 2, -Infinity]);
    expect(summary).toEqual({ ...summarize([1, 2, 3]), count: 6, finite: 3, warnings: summary.warnings });
    expect(summary.mean).toBe(2);
    expect(summary.standardDeviation).toBe(1);
    expect(summary.warnings).toEqual([
      '3 of 6 repeats diverged; the figures leave them out',
      'needs 6 repeats for a 95% interval of the median, got 3',
      'of so few repeats, the intervals of the means cover far less than 95%',
    ]);
    expect(summarize([1, 2, 3, 4, 5, 6]).warnings).toEqual([]);
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

  test('one repeat has no spread and no intervals, and a warning says so', () => {
    expect(summarize([0.5])).toEqual({
      ...none,
      count: 1,
      finite: 1,
      mean: 0.5,
      median: 0.5,
      lowerQuartile: 0.5,
      upperQuartile: 0.5,
      interquartileMean: 0.5,
      min: 0.5,
      max: 0.5,
      decades: 0,
      warnings: ['a standard deviation needs 2 finite scores, got 1'],
    });
    expect(summarize([0.5, Number.NaN]).warnings).toHaveLength(2);
  });

  test('equal scores have a standard deviation of exactly 0, their value as every interval, and nothing to warn of', () => {
    const { mean, standardDeviation, skewness, intervals, outliers, repeatsNeeded, warnings } = summarize(
      new Array(30).fill(0.1),
    );
    expect({ mean, standardDeviation, skewness, outliers, repeatsNeeded, warnings }).toEqual({
      mean: 0.1,
      standardDeviation: 0,
      skewness: null,
      outliers: [],
      repeatsNeeded: none.repeatsNeeded,
      warnings: [],
    });
    for (const interval of Object.values(intervals)) expect(interval).toMatchObject({ low: 0.1, high: 0.1 });
    expect(summarize([0.1, 0.1, 0.1]).warnings).toEqual([]);
  });

  test("the article's skewed scores have their outlier labelled, their repeats counted, and a warning", () => {
    const summary = summarize(datasets.theano.values);
    // SciPy 1.10.1, see statistics.json.
    expect(summary).toMatchObject({
      outliers: [{ repeat: 1, score: 0.169326527063, side: 'high', degree: 'mild' }],
      repeatsNeeded: { within25: 125, within10: 764 },
      warnings: ['the scores are skewed: the interval of their mean covers less than 95%'],
      intervals: {
        median: { low: 1.93553737255e-7, high: 0.0906326807824, coverage: 0.978515625, method: 'order statistics' },
        mean: { level: 0.95, method: 'BCa bootstrap' },
        interquartileMean: { level: 0.95, method: 'percentile bootstrap' },
      },
    });
    expect(summary.skewness).toBeCloseTo(1.6870631545830237, 13);
    expect(summary.decades).toBeCloseTo(6.317787333059808, 13);
    expect(summary.interquartileMean).toBeCloseTo(0.022193406875077135, 15);
  });

  test('scores of both signs have no decades, and a mean of 0 no repeats for a part of it', () => {
    expect(summarize([-1, 0, 1])).toMatchObject({ mean: 0, decades: null, repeatsNeeded: none.repeatsNeeded });
  });

  test('the order of the repeats changes no bit of any figure', () => {
    const orders = fc
      .array(fc.double(), { maxLength: 40 })
      .chain((scores) => fc.tuple(fc.constant(scores), fc.shuffledSubarray(scores, { minLength: scores.length })));
    const unordered = (scores: readonly number[]) => {
      const { outliers, ...figures } = summarize(scores);
      for (const { repeat, score } of outliers) expect(scores[repeat - 1]).toBe(score);
      const labels = outliers.map(({ score, side, degree }) => `${score} ${side} ${degree}`);
      return { ...figures, labels: labels.sort() };
    };
    fc.assert(
      fc.property(orders, ([scores, shuffled]) => {
        expect(unordered(shuffled)).toEqual(unordered(scores));
      }),
    );
  });

  test('every figure of any scores is a finite number or null', () => {
    const extreme = fc.constantFrom(0, -0, 5e-324, -5e-324, 1e-310, 1.7e308, -1.7e308, Number.NaN, Infinity);
    const figures = (value: unknown): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value).flatMap(figures) : [value];
    fc.assert(
      fc.property(fc.array(fc.oneof(extreme, fc.double()), { maxLength: 40 }), (scores) => {
        const numbers = figures(summarize(scores)).filter((value) => typeof value === 'number');
        expect(numbers.filter((value) => !Number.isFinite(value))).toEqual([]);
      }),
    );
  });

  test('a million repeats are summarized', () => {
    const summary = summarize(Array.from({ length: 1_000_000 }, (_, i) => i));
    expect(summary).toMatchObject({ mean: 499_999.5, median: 499_999.5, min: 0, max: 999_999 });
  });

  test('100,000 skewed repeats are summarized without resampling', () => {
    const scores = Array.from({ length: 100_000 }, (_, i) => ((i * 7919) % 100_003) ** 3);
    const { intervals } = summarize(scores);
    expect(intervals.mean?.method).toBe('Edgeworth expansion');
  });
});
