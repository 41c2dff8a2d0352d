import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bcaInterval } from '../../src/stats/bcaInterval.js';
import { accelerationOfMean, edgeworthInterval } from '../../src/stats/edgeworthInterval.js';
import type { Interval } from '../../src/stats/interval.js';
import { meanIntervals } from '../../src/stats/meanIntervals.js';
import { fewestForMedianInterval, medianInterval } from '../../src/stats/medianInterval.js';
import { percentileInterval } from '../../src/stats/percentileInterval.js';
import { resampledMeans } from '../../src/stats/resampledMeans.js';
import { ascending, mean } from '../../src/stats/summary.js';
import { tInterval } from '../../src/stats/tInterval.js';
import { trimmedInterval } from '../../src/stats/trimmedInterval.js';
import { expectNear } from './near.js';
import { source } from './source.js';
import { articles, summaries } from './summaries.js';

/** Ends of an interval within a part of the width that is wanted. */
function expectClose({ low, high }: Interval, [from, to]: readonly [number, number], part: number): void {
  const allowed = part * (to - from);
  expect(Math.abs(low - from), `${low} for ${from}`).toBeLessThanOrEqual(allowed);
  expect(Math.abs(high - to), `${high} for ${to}`).toBeLessThanOrEqual(allowed);
}

/** Intervals of more resamples than a summary takes. */
function patient(values: readonly number[]): { mean: Interval; interquartileMean: Interval } {
  const sorted = ascending(values);
  const { means, interquartileMeans } = resampledMeans(sorted, 400_000, source(1));
  const figure = {
    estimate: mean(sorted),
    acceleration: accelerationOfMean(sorted),
    rounding: 1e-13 * Math.abs(mean(sorted)),
  };
  return { mean: bcaInterval(means, figure), interquartileMean: percentileInterval(interquartileMeans) };
}

describe.each(articles)("of the article's %s scores", (_, figures) => {
  const { values, bootstrap } = figures;
  const sorted = ascending(values);

  test('intervals of 10,000 resamples are those of all 92,378 but for chance', () => {
    const { mean, interquartileMean } = meanIntervals(sorted, source(1)) ?? {};
    expectClose(mean as Interval, bootstrap.mean.exact.bca95.strict.ci, 0.025);
    expectClose(interquartileMean as Interval, bootstrap.iqm.exact.percentile95, 0.025);
  });

  test('more resamples come nearer', () => {
    const { mean, interquartileMean } = patient(values);
    expectClose(mean, bootstrap.mean.exact.bca95.strict.ci, 0.005);
    expectClose(interquartileMean, bootstrap.iqm.exact.percentile95, 0.005);
    expectNear(accelerationOfMean(values), bootstrap.mean.exact.bca95.acceleration, 1e-14);
  });
});

describe.each(summaries)('of the data set %s', (_, figures) => {
  const { values } = figures;
  const sorted = ascending(values);

  test('the interval of the median has SciPy’s ends and coverage at every level', () => {
    for (const [level, wanted] of Object.entries(figures.median)) {
      const interval = medianInterval(sorted, Number(level));
      if (wanted === null) expect(interval).toBeNull();
      else {
        expect(interval).toMatchObject({ low: wanted[0], high: wanted[1], level: Number(level) });
        expectNear(interval?.coverage as number, wanted[2], 1e-14);
      }
    }
  });

  test('the interval by t has SciPy’s ends', () => {
    expectClose(tInterval(values, 0.99) as Interval, figures.t99, 1e-9);
  });

  test('many resamples have the intervals of all of them', () => {
    if (!figures.exact) return;
    const { mean, interquartileMean } = patient(values);
    expectClose(mean, figures.exact.mean.bca, 0.015);
    expectClose(interquartileMean, figures.exact.interquartileMean.percentile, 0.015);
  });
});

/** An exponential sample: skewed as scores are. */
function exponential(n: number, seed: number): number[] {
  const random = source(seed);
  return ascending(Array.from({ length: n }, () => -Math.log(1 - random())));
}

describe('the interval of the median', () => {
  test('needs 6 values at 95%, 8 at 99%', () => {
    expect([0.5, 0.9, 0.95, 0.99].map(fewestForMedianInterval)).toEqual([2, 5, 6, 8]);
    expect(medianInterval([1, 2, 3, 4, 5])).toBeNull();
    expect(medianInterval([])).toBeNull();
    expect(medianInterval([1, 2, 3, 4, 5, 6])).toMatchObject({ low: 1, high: 6 });
  });

  test('takes its level as reached where the coverage equals it', () => {
    expect(medianInterval([1, 2, 3, 4, 5, 6], 1 - 2 / 64)).toMatchObject({ low: 1, high: 6 });
    expect(medianInterval([1, 2, 3, 4, 5, 6, 7, 8], 1 - 18 / 256)).toMatchObject({ low: 2, high: 7 });
  });

  test('takes the narrowest pair of order statistics that covers enough, of any number of values', () => {
    // scipy.stats.binom.ppf(0.025, n, 0.5), SciPy 1.17.1: the k-th value from either end.
    const places = [
      [100, 40],
      [1001, 470],
      [100_000, 49_690],
    ] as const;
    for (const [n, k] of places) {
      const sorted = Array.from({ length: n }, (_, i) => i + 1);
      expect(medianInterval(sorted)).toMatchObject({ low: k, high: n + 1 - k });
    }
  });
});

describe('intervals of means', () => {
  test.each([
    ['skewed', 1],
    ['very skewed', 3],
  ])('are those of the limit where resampling ends, within a twentieth of their width: %s', (_, power) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const sorted = exponential(300, seed).map((value) => value ** power);
      const resampled = meanIntervals(sorted, source(9));
      expect([resampled?.mean.method, resampled?.interquartileMean.method]).toEqual([
        'BCa bootstrap',
        'percentile bootstrap',
      ]);
      const [limit, trimmed] = [edgeworthInterval(sorted), trimmedInterval(sorted)];
      expectClose(resampled?.mean as Interval, [limit.low, limit.high], 0.05);
      expectClose(resampled?.interquartileMean as Interval, [trimmed.low, trimmed.high], 0.05);
    }
    const beyond = meanIntervals(exponential(301, 1), source(9));
    expect([beyond?.mean.method, beyond?.interquartileMean.method]).toEqual([
      'Edgeworth expansion',
      'Edgeworth expansion',
    ]);
  });

  test('without chance, the limits are those of very many resamples', () => {
    const sorted = exponential(300, 4).map((value) => value ** 3);
    const [limit, trimmed] = [edgeworthInterval(sorted), trimmedInterval(sorted)];
    const { mean, interquartileMean } = patient(sorted);
    expectClose(mean, [limit.low, limit.high], 0.015);
    expectClose(interquartileMean, [trimmed.low, trimmed.high], 0.03);
  });

  test('of the interquartile mean collapse where more than the middle half is one value', () => {
    const sorted = [...new Array(100).fill(0), ...new Array(400).fill(1), ...new Array(100).fill(7)];
    expect(meanIntervals(sorted, source(1))?.interquartileMean).toMatchObject({ low: 1, high: 1 });
  });

  test('of equal values are that value', () => {
    for (const value of [0, 0.1, -3, 5e-324, 1.7e308]) {
      for (const n of [2, 30, 1000]) {
        const sorted = new Array<number>(n).fill(value);
        const { mean, interquartileMean } = meanIntervals(sorted, source(1)) ?? {};
        expect([mean?.low, mean?.high, interquartileMean?.low, interquartileMean?.high]).toEqual(
          new Array(4).fill(value),
        );
      }
    }
  });

  test('are none of less than two values', () => {
    expect(meanIntervals([], source(1))).toBeNull();
    expect(meanIntervals([1], source(1))).toBeNull();
  });

  const values = fc.array(
    fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(0, 1, 1.7e308, -1.7e308, 5e-324, 1e-310),
    ),
    { minLength: 2, maxLength: 20 },
  );

  test('lie within the values and in order, whatever these are', () => {
    fc.assert(
      fc.property(values, (sample) => {
        const sorted = ascending(sample);
        const intervals = meanIntervals(sorted, source(1));
        for (const { low, high } of [intervals?.mean, intervals?.interquartileMean] as Interval[]) {
          expect(low).toBeLessThanOrEqual(high);
          expect(low).toBeGreaterThanOrEqual(sorted[0] as number);
          expect(high).toBeLessThanOrEqual(sorted.at(-1) as number);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('grow with the scale exactly', () => {
    const sorted = exponential(25, 5);
    const intervals = meanIntervals(sorted, source(1));
    const larger = meanIntervals(
      sorted.map((value) => value * 2 ** 1000),
      source(1),
    );
    expect(larger?.mean.low).toBe((intervals?.mean.low as number) * 2 ** 1000);
    expect(larger?.interquartileMean.high).toBe((intervals?.interquartileMean.high as number) * 2 ** 1000);
  });

  test('of mirrored values are mirrored, but for chance, also where ties are many', () => {
    for (const sample of [exponential(25, 6), [0, 0, 0, 0, 1, 1, 1, 1], [1, 1, 2, 2, 2, 3, 3, 5]]) {
      const mirrored = ascending(sample.map((value) => -value));
      const [one, other] = [patient(sample), patient(mirrored)];
      expectClose(one.mean, [-other.mean.high, -other.mean.low], 0.01);
      expectClose(one.interquartileMean, [-other.interquartileMean.high, -other.interquartileMean.low], 0.01);
    }
  });

  test('a wider level has a wider interval', () => {
    for (const n of [12, 400]) {
      const sorted = exponential(n, 7);
      const [narrow, wide] = [meanIntervals(sorted, source(1), 0.8), meanIntervals(sorted, source(1), 0.99)];
      for (const name of ['mean', 'interquartileMean'] as const) {
        expect(wide?.[name].low).toBeLessThan(narrow?.[name].low as number);
        expect(wide?.[name].high).toBeGreaterThan(narrow?.[name].high as number);
      }
    }
  });
});

describe('resampling', () => {
  test('is the same for the same source and another for another', () => {
    const sorted = exponential(10, 8);
    expect(resampledMeans(sorted, 100, source(1))).toEqual(resampledMeans(sorted, 100, source(1)));
    expect(resampledMeans(sorted, 100, source(1))).not.toEqual(resampledMeans(sorted, 100, source(2)));
  });

  test('draws every value as often as another', () => {
    // Of n numbers of which one is 1 and the others 0, the mean of all resampled means is 1 / n, ± 5 standard errors.
    const n = 7;
    for (let which = 0; which < n; which += 1) {
      const sorted = Array.from({ length: n }, (_, i) => (i === which ? 1 : 0));
      const { means } = resampledMeans(sorted, 100_000, source(which));
      expect(Math.abs(means.reduce((sum, each) => sum + each, 0) / 100_000 - 1 / n)).toBeLessThan(0.002);
    }
  });

  test('of two values has three means, as often as a coin thrown twice', () => {
    const { means, interquartileMeans } = resampledMeans([0, 1], 40_000, source(3));
    const share = (value: number) => means.filter((each) => each === value).length / 40_000;
    expect(Math.abs(share(0) - 0.25)).toBeLessThan(0.01);
    expect(Math.abs(share(0.5) - 0.5)).toBeLessThan(0.0125);
    expect(Math.abs(share(1) - 0.25)).toBeLessThan(0.01);
    expect(interquartileMeans).toEqual(means);
  });
});
