import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decades } from '../../src/stats/decades.js';
import { geometricMean, geometricStandardDeviation } from '../../src/stats/geometricMean.js';
import { interquartileMean } from '../../src/stats/interquartileMean.js';
import { repeatsForMean } from '../../src/stats/repeatsForMean.js';
import { skewness } from '../../src/stats/skewness.js';
import { ascending, mean, quartiles, standardDeviation } from '../../src/stats/summary.js';
import { outlierLabel, tukeyFences } from '../../src/stats/tukeyFences.js';
import { expectNear } from './near.js';
import { summaries } from './summaries.js';

describe.each(summaries)('of the data set %s', (_, figures) => {
  const { values } = figures;
  const sorted = ascending(values);

  test('interquartile mean, skewness and fences are those of SciPy', () => {
    expectNear(interquartileMean(sorted), figures.interquartileMean, 1e-14);
    const spread = standardDeviation(values) / Math.abs(mean(values));
    // Deviations are as exact as the values that they are taken of.
    expect(Math.abs(skewness(values) - figures.skewness)).toBeLessThanOrEqual(1e-14 / Math.min(1, spread));
    const fences = tukeyFences(sorted);
    Object.values(fences).forEach((fence, i) => {
      expectNear(fence, figures.fences[i] as number, 1e-14);
    });
    const labels = values.flatMap((value) => outlierLabel(value, fences) ?? []);
    const count = (side: string, degree: string) =>
      labels.filter((label) => label.side === side && label.degree === degree).length;
    expect({
      lowSevere: count('low', 'severe'),
      lowMild: count('low', 'mild'),
      highMild: count('high', 'mild'),
      highSevere: count('high', 'severe'),
    }).toEqual(figures.outliers);
  });

  test('the geometric figures and decades are those of SciPy, where values are positive', () => {
    if (figures.geometricMean === null) {
      expect(decades(sorted)).toBeNull();
      return;
    }
    expectNear(geometricMean(values), figures.geometricMean, 1e-13);
    expectNear(geometricStandardDeviation(values), figures.geometricStandardDeviation as number, 1e-13);
    expect(Math.abs((decades(sorted) as number) - (figures.decades as number))).toBeLessThan(1e-14);
  });

  test('the numbers of repeats for ± 25% and ± 10% are those by iterating SciPy’s quantile of t', () => {
    if (!figures.repeats) return;
    const within = (part: number) => repeatsForMean(standardDeviation(values), part * Math.abs(mean(values)));
    expect({ within25: within(0.25), within10: within(0.1) }).toEqual(figures.repeats);
  });
});

describe('the interquartile mean', () => {
  test('drops a quarter at each end, rounded down', () => {
    expect(interquartileMean([1, 2, 100])).toBe(103 / 3);
    expect(interquartileMean([-100, 1, 2, 100])).toBe(1.5);
    expect(interquartileMean([-100, -100, 1, 2, 3, 100, 100, 100])).toBe(26.5);
  });

  test('of the largest numbers is in float64’s range', () => {
    expect(interquartileMean([1.6e308, 1.7e308, 1.7e308, 1.7e308])).toBe(1.7e308);
  });
});

describe('decades', () => {
  test('are counted from the smallest to the largest float64', () => {
    expect(decades([5e-324, 1.7e308])).toBeCloseTo(631.5366642644941, 10);
  });

  test('are 0 of equal values, and none where a value is 0 or below', () => {
    expect(decades([3, 3])).toBe(0);
    expect([decades([0, 1]), decades([-2, 1])]).toEqual([null, null]);
  });
});

describe('skewness', () => {
  test('is 0 of equal and of symmetric values', () => {
    expect(skewness([0.1, 0.1, 0.1])).toBe(0);
    expect(skewness([1, 2, 3])).toBe(0);
  });

  test('changes its sign with the values and nothing with their scale', () => {
    const value = fc.double({ min: -1e10, max: 1e10, noNaN: true }).map((each) => (Math.abs(each) < 1e-10 ? 0 : each));
    fc.assert(
      fc.property(fc.array(value, { minLength: 3, maxLength: 30 }), (values) => {
        expect(skewness(values.map((each) => -each))).toBe(0 - skewness(values));
        expect(skewness(values.map((each) => each * 2 ** 900))).toBe(skewness(values));
        expect(skewness(values.map((each) => each * 2 ** -900))).toBe(skewness(values));
      }),
    );
  });
});

describe('outliers', () => {
  test('lie beyond the fences, not on them', () => {
    const fences = { lowSevere: -3, lowMild: -1, highMild: 1, highSevere: 3 };
    expect([-3.1, -3, -1.1, -1, 0, 1, 1.1, 3, 3.1].map((value) => outlierLabel(value, fences))).toEqual([
      { side: 'low', degree: 'severe' },
      { side: 'low', degree: 'mild' },
      { side: 'low', degree: 'mild' },
      undefined,
      undefined,
      undefined,
      { side: 'high', degree: 'mild' },
      { side: 'high', degree: 'mild' },
      { side: 'high', degree: 'severe' },
    ]);
  });

  test('are none among values as far apart as numbers can be', () => {
    const sorted = [-1.7e308, -1e308, 1e308, 1.7e308];
    expect(quartiles(sorted)).toEqual([-1.175e308, 1.175e308]);
    expect(sorted.map((value) => outlierLabel(value, tukeyFences(sorted)))).toEqual(new Array(4).fill(undefined));
  });
});

describe('how many repeats are needed', () => {
  test('is the first number of which the interval is as narrow as asked, for any spread and level', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 30, noNaN: true }),
        fc.constantFrom(0.5, 0.9, 0.95, 0.999),
        (ratio, level) => {
          const n = repeatsForMean(ratio, 1, level) as number;
          const wider = repeatsForMean(ratio, 1.01, level) as number;
          expect(n).toBeGreaterThanOrEqual(wider);
          expect(n).toBeGreaterThanOrEqual(2);
        },
      ),
    );
  });

  test('is 2 without a spread, and none where no integer is so large', () => {
    expect(repeatsForMean(0, 1)).toBe(2);
    expect(repeatsForMean(1, 1e-9)).toBeNull();
    expect(repeatsForMean(1, 5e-324)).toBeNull();
  });
});
