import { describe, expect, test } from 'vitest';
import { bartlett } from '../../src/stats/bartlett.js';
import { benjaminiHochberg } from '../../src/stats/benjaminiHochberg.js';
import { bonferroni } from '../../src/stats/bonferroni.js';
import { bootstrapBca, bootstrapError, bootstrapPercentile, jackknifeAcceleration } from '../../src/stats/bootstrap.js';
import { brownForsythe } from '../../src/stats/brownForsythe.js';
import { brunnerMunzel } from '../../src/stats/brunnerMunzel.js';
import { chiSquaredQuantile } from '../../src/stats/chiSquaredQuantile.js';
import { cohenD } from '../../src/stats/cohenD.js';
import { correlation } from '../../src/stats/correlation.js';
import { deviationFactors, deviationInterval } from '../../src/stats/deviationInterval.js';
import { friedman } from '../../src/stats/friedman.js';
import { geometricInterval } from '../../src/stats/geometricInterval.js';
import { glassDelta } from '../../src/stats/glassDelta.js';
import { fractionalInterquartileMean } from '../../src/stats/interquartileMean.js';
import { kolmogorovSurvival } from '../../src/stats/kolmogorov.js';
import { kolmogorovSmirnov } from '../../src/stats/kolmogorovSmirnov.js';
import { excessKurtosis } from '../../src/stats/kurtosis.js';
import { levene } from '../../src/stats/levene.js';
import { normalRankSumP } from '../../src/stats/mannWhitney.js';
import { medianAbsoluteDeviation, robustStandardDeviation } from '../../src/stats/medianAbsoluteDeviation.js';
import { nemenyi } from '../../src/stats/nemenyi.js';
import { nonCentralTSurvival } from '../../src/stats/nonCentralT.js';
import { oneWayAnova } from '../../src/stats/oneWayAnova.js';
import { permutationTest, permutationTestLower } from '../../src/stats/permutationTest.js';
import { rankSum } from '../../src/stats/rankSum.js';
import { midranks } from '../../src/stats/ranks.js';
import { resamples, type Statistic } from '../../src/stats/resamples.js';
import { shapiroWilk } from '../../src/stats/shapiroWilk.js';
import { signTest } from '../../src/stats/signTest.js';
import { sobolIndices } from '../../src/stats/sobol.js';
import { student } from '../../src/stats/student.js';
import { studentizedRangeQuantile, studentizedRangeSurvival } from '../../src/stats/studentizedRange.js';
import { ascending, mean, median, standardDeviation } from '../../src/stats/summary.js';
import { threshold } from '../../src/stats/threshold.js';
import { tInterval } from '../../src/stats/tInterval.js';
import { twoSampleTEffect, twoSampleTPower, twoSampleTSize } from '../../src/stats/twoSampleTPower.js';
import { varianceRatio } from '../../src/stats/varianceRatio.js';
import { violationRatio } from '../../src/stats/violationRatio.js';
import { welchAnova } from '../../src/stats/welchAnova.js';
import { normalSignedRankP, wilcoxon } from '../../src/stats/wilcoxon.js';
import { reference } from '../reference.js';
import { expectFigures } from './expectFigures.js';
import { source } from './source.js';

/** SciPy 1.10.1, R 4.2.2 and mpmath 1.3.0 (who made what: its `provenance`). */
// biome-ignore lint/suspicious/noExplicitAny: a tree of figures, each looked at once
const further = reference<any>('further.json');

type Row = readonly number[];

const never = () => {
  throw new Error('an exact figure drew a random number');
};

/** Rows of arguments and a value where a function's differs by more than a part of it. */
function wrong(rows: readonly Row[], part: number, f: (...row: number[]) => number): number[][] {
  expect(rows.length).toBeGreaterThan(2);
  return rows
    .map((row) => [...row, f(...row.slice(0, -1))])
    .filter((row) => {
      const [wanted, got] = row.slice(-2) as [number, number];
      return !(Math.abs(got - wanted) <= part * Math.abs(wanted));
    });
}

// biome-ignore lint/suspicious/noExplicitAny: as above
const samples = Object.entries<any>(further.samples);

describe.each(samples)('of the samples "%s"', (_, figures) => {
  const { first, second } = figures as { first: number[]; second: number[] };

  test('t, F and χ² tests agree with R', () => {
    expectFigures(student(first, second), figures.student, 1e-10);
    expectFigures(varianceRatio(first, second), figures.varianceRatio, 1e-11);
    expectFigures(bartlett([first, second]), figures.bartlett, 1e-9);
  });

  test('the tests by Levene and by Brunner and Munzel agree with SciPy', () => {
    expectFigures(levene([first, second]), figures.levene, 1e-9);
    expectFigures(brunnerMunzel(first, second), figures.brunnerMunzel, 1e-8);
  });

  test('the normal approximation of U is R’s with and without its correction', () => {
    const [n, m] = [first.length, second.length];
    const { u, ties } = rankSum(first, second);
    const p = (continuity: number) => normalRankSumP(Math.min(u, n * m - u), ties, n, m, continuity);
    expectFigures({ corrected: p(0.5), uncorrected: p(0) }, figures.normalRankSum, 1e-12);
  });

  test('Kolmogorov and Smirnov’s distance and p are R’s, with ties as they are', () => {
    // R subtracts from 1, and so does SciPy for Brunner and Munzel's p.
    expectFigures(kolmogorovSmirnov(first, second), { ...figures.kolmogorovSmirnov, method: 'exact' }, 1e-9);
  });

  test('effect sizes and the violation ratio agree with NumPy', () => {
    expectFigures(
      { d: cohenD(first, second), delta: glassDelta(first, second), ratio: violationRatio(first, second) },
      { d: figures.cohenD, delta: figures.glassDelta, ratio: figures.violationRatio },
      1e-11,
    );
  });

  test('no p depends on the unit of the values, from the smallest to the largest', () => {
    for (const unit of [2 ** -1000, 2 ** 1000]) {
      const [x, y] = [first, second].map((values) => values.map((value) => value * unit)) as [number[], number[]];
      expect(student(x, y)?.p).toBe(student(first, second)?.p);
      for (const test of [bartlett, levene, brownForsythe, oneWayAnova, welchAnova]) {
        expect(test([x, y])?.p).toBe(test([first, second])?.p);
      }
      for (const figure of [cohenD, glassDelta, violationRatio, correlation]) {
        if (figure === correlation && x.length !== y.length) continue;
        expect(figure(x, y)).toBe(figure(first, second));
      }
      expect(varianceRatio(x, y)).toEqual(varianceRatio(first, second));
      expect(permutationTestLower(source(1), x, y)).toEqual(permutationTestLower(source(1), first, second));
    }
  });
});

test.each(samples.filter(([, { permutationLower }]) => permutationLower !== undefined))(
  'of the samples "%s" the one-sided p is that of all splits',
  (_, { first, second, permutationLower }) => {
    expectFigures(permutationTestLower(never, first, second), { p: permutationLower, method: 'exact' }, 1e-14);
  },
);

test.each(samples.filter(([, { correlation: r }]) => r !== undefined))(
  'of the pairs "%s" correlation, sign test and normal approximation are those of R',
  (_, { first, second, ...figures }) => {
    const differences = (first as number[]).map((value, i) => value - (second[i] as number));
    expectFigures(
      { r: correlation(first, second), p: signTest(differences) },
      { r: figures.correlation, p: figures.signTest },
      1e-10,
    );
    const { positive, negative, count } = wilcoxon(differences);
    const { ties } = midranks(differences.filter((each) => each !== 0).map(Math.abs));
    const p = (continuity: number) => normalSignedRankP(Math.min(positive, negative), count, ties, continuity);
    expectFigures({ corrected: p(0.5), uncorrected: p(0) }, figures.normalSignedRank, 1e-12);
  },
);

// biome-ignore lint/suspicious/noExplicitAny: as above
describe.each(Object.entries<any>(further.groups))('of the groups "%s"', (_, figures) => {
  test('analyses of variance and tests of spread agree with R and SciPy', () => {
    expectFigures(oneWayAnova(figures.groups), figures.anova, 1e-8);
    expectFigures(welchAnova(figures.groups), figures.welchAnova, 1e-8);
    expectFigures(bartlett(figures.groups), figures.bartlett, 1e-8);
    expectFigures(levene(figures.groups), figures.levene, 1e-8);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: as above
describe.each(Object.entries<any>(further.values))('of the values "%s"', (_, figures) => {
  const { values } = figures as { values: number[] };
  const sorted = ascending(values);

  test('Shapiro and Wilk’s W and p are R’s', () => {
    // R's W of three is exact, and its p by rounded constants.
    expectFigures(shapiroWilk(values), figures.shapiroWilk, 1e-9);
  });

  test('kurtosis, robust deviation and fractional interquartile mean are those of R and mpmath', () => {
    expectFigures(
      {
        kurtosis: excessKurtosis(values) ?? undefined,
        mad: robustStandardDeviation(sorted),
        mean: fractionalInterquartileMean(sorted),
      },
      { kurtosis: figures.kurtosis, mad: figures.mad, mean: figures.fractionalInterquartileMean },
      1e-10,
    );
  });

  test('intervals of the standard deviation and of the geometric mean are R’s', () => {
    const deviation = deviationInterval(values, 0.99);
    expectFigures([deviation?.low, deviation?.high], figures.deviation99, 1e-11);
    if (!figures.geometric99) return;
    const geometric = geometricInterval(values, 0.99);
    expectFigures([geometric?.low, geometric?.high], figures.geometric99, 1e-10);
  });
});

describe('distributions', () => {
  test('quantiles of χ² are R’s', () => {
    expect(wrong(further.chiSquaredQuantile, 1e-12, (p = 0, df = 0) => chiSquaredQuantile(p, df))).toEqual([]);
    expect([0, 1, Number.NaN].map((p) => chiSquaredQuantile(p, 3))).toEqual([0, Infinity, Number.NaN]);
  });

  test('the noncentral t distribution agrees with mpmath, also in its tails', () => {
    const figure = (t = 0, df = 0, noncentrality = 0) => nonCentralTSurvival(t, df, noncentrality);
    expect(wrong(further.noncentralT, 1e-12, figure)).toEqual([]);
    expect(nonCentralTSurvival(Number.NaN, 3, 1)).toBeNaN();
  });

  test('the studentized range agrees with mpmath, also in its tail', () => {
    expect(wrong(further.studentizedRange, 1e-12, (q = 0, k = 0) => studentizedRangeSurvival(q, k))).toEqual([]);
    expect([-1, 0, Infinity, Number.NaN].map((q) => studentizedRangeSurvival(q, 3))).toEqual([1, 1, 0, Number.NaN]);
    expect([0, 1, -1].map((p) => studentizedRangeQuantile(p, 3))).toEqual([0, Infinity, Number.NaN]);
  });

  test('Kolmogorov’s distribution agrees with mpmath, and beyond 500 values with SciPy', () => {
    expect(wrong(further.kolmogorov, 1e-10, (d = 0, n = 0) => kolmogorovSurvival(d, n))).toEqual([]);
    expect(wrong(further.kolmogorovBeyond, 5e-7, (d = 0, n = 0) => kolmogorovSurvival(d, n))).toEqual([]);
    expect(wrong(further.kolmogorovLimit, 1e-8, (d = 0, n = 0) => kolmogorovSurvival(d, n))).toEqual([]);
    expect([0, 1, Number.NaN].map((d) => kolmogorovSurvival(d, 4))).toEqual([1, 0, Number.NaN]);
  });

  test('a threshold is found to the last bit, near and far', () => {
    for (const wanted of [5e-324, 1e-200, 0.1, 1, 3, 1e300]) expect(threshold((x) => x >= wanted, 0)).toBe(wanted);
    expect(threshold((x) => x > 7, 7)).toBe(7 + 2 ** -50);
    expect(threshold(() => false, 0)).toBe(Infinity);
  });
});

describe('the power of the t test', () => {
  test('agrees with mpmath, and so do the size and the effect for a power', () => {
    expect(wrong(further.power, 1e-10, (d = 0, n = 0, alpha = 0) => twoSampleTPower(d, n, alpha))).toEqual([]);
    expect(wrong(further.size, 1e-10, (d = 0, power = 0, alpha = 0) => twoSampleTSize(d, power, alpha))).toEqual([]);
    expect(wrong(further.effect, 1e-10, (n = 0, power = 0, alpha = 0) => twoSampleTEffect(n, power, alpha))).toEqual(
      [],
    );
  });

  test('is α without an effect, which no size finds', () => {
    expect(twoSampleTPower(0, 12)).toBeCloseTo(0.05, 12);
    expect(twoSampleTSize(0)).toBe(Infinity);
  });
});

test('p values adjusted for being several are R’s', () => {
  for (const { raw, ...wanted } of further.adjusted) {
    expectFigures(bonferroni(raw), wanted.bonferroni, 1e-15);
    expectFigures(benjaminiHochberg(raw), wanted.benjaminiHochberg, 1e-15);
  }
  expect([bonferroni([]), benjaminiHochberg([])]).toEqual([[], []]);
});

test('Nemenyi’s p values and critical difference are R’s', () => {
  const { treatments, p, criticalDifference } = further.nemenyi;
  const test = nemenyi(friedman(treatments)?.meanRanks ?? [], treatments[0].length);
  // R's qtukey stops at about nine digits.
  expectFigures(test, { criticalDifference }, 1e-7);
  test.ps.forEach((row, i) => {
    expectFigures(row, p[i], 1e-9);
  });
});

describe('resamples', () => {
  const range: Statistic = (sorted = []) => (sorted.at(-1) as number) - (sorted[0] as number);
  const statistics = { standardDeviation, range, mean } as Readonly<
    Record<string, (sorted: readonly number[]) => number>
  >;

  // biome-ignore lint/suspicious/noExplicitAny: as above
  test.each(Object.entries<any>(further.bootstrap))(
    'of few values are all looked at: %s',
    (_, { values, ...figures }) => {
      for (const [name, statistic] of Object.entries(statistics)) {
        const wanted = figures[name];
        const all = resamples(never, [values], statistic);
        expect(all.method).toBe('exact');
        const acceleration = jackknifeAcceleration(values, statistic);
        const { low, high, bias, places } = bootstrapBca(all, { estimate: statistic(ascending(values)), acceleration });
        const percentile = bootstrapPercentile(all);
        expectFigures(
          { error: bootstrapError(all), bias, acceleration },
          { error: wanted.error, bias: wanted.bias, acceleration: wanted.acceleration },
          1e-9,
        );
        expectFigures([percentile.low, percentile.high, low, high], [...wanted.percentile, ...wanted.bca], 1e-12);
        expectFigures(places, wanted.places, 1e-9);
      }
    },
  );

  test('of more are drawn, and come near: the standard error of a mean is s √((n − 1) / n) / √n', () => {
    const random = source(4);
    const values = Array.from({ length: 40 }, () => random() * random());
    const drawn = resamples(source(1), [values], mean);
    expect([drawn.method, drawn.figures.length]).toEqual(['monteCarlo', 10_000]);
    expect(bootstrapError(drawn) / (standardDeviation(values) * Math.sqrt(39 / 1600))).toBeCloseTo(1, 1);
    expect(resamples(source(1), [[...values].reverse()], mean)).toEqual(drawn);
    expect(resamples(source(2), [values], mean)).not.toEqual(drawn);
  });

  test('of two samples are drawn from each by itself', () => {
    const [x, y] = [
      [1, 2],
      [10, 30, 20],
    ];
    const all = resamples(never, [x, y], (first = [], second = []) => mean(second) - mean(first));
    expect([all.figures[0], all.figures.at(-1), all.shares.at(-1)]).toEqual([8, 29, 1]);
    // 1/4 of the first's resamples have the mean 2, 1/27 of the second's the mean 10.
    expect(all.shares[0]).toBeCloseTo(1 / 108, 14);
    const variance = 0.25 / 2 + 200 / 3 / 3;
    expect(bootstrapError(all)).toBeCloseTo(Math.sqrt(variance), 12);
  });

  test('of equal values have that value, no error and no acceleration', () => {
    const all = resamples(never, [[3, 3, 3]], median);
    expect(bootstrapError(all)).toBe(0);
    expect(jackknifeAcceleration([3, 3, 3], median)).toBe(0);
    expect(bootstrapBca(all, { estimate: 3, acceleration: 0 })).toMatchObject({ low: 3, high: 3, bias: 0 });
  });

  test('that all lie on one side of the estimate have ends among them', () => {
    const all = resamples(never, [[1, 2, 3]], (sorted = []) => sorted.at(-1) as number);
    for (const estimate of [0, 4]) {
      const { low, high, bias } = bootstrapBca(all, { estimate, acceleration: 0 });
      expect(Number.isFinite(bias)).toBe(true);
      expect([1, 2, 3]).toContain(low);
      expect([1, 2, 3]).toContain(high);
    }
  });
});

describe('one-sided permutation', () => {
  const random = source(5);
  const [x, y] = [0, 0.1].map((shift) => Array.from({ length: 30 }, () => random() + shift)) as [number[], number[]];

  test('is half of the two-sided p where sides are of one size and the first is the lower', () => {
    const [first, second] = [x.slice(0, 8), y.slice(0, 8)];
    expect(mean(first)).toBeLessThan(mean(second));
    expect(permutationTestLower(never, first, second).p).toBe(permutationTest(never, first, second).p / 2);
  });

  test('of drawn splits comes near Student’s t, from either side', () => {
    const { t = 0, p = 0 } = student(x, y) ?? {};
    expect(t).toBeLessThan(0);
    expect(Math.abs(permutationTestLower(source(1), x, y).p - p / 2)).toBeLessThan(0.015);
    expect(Math.abs(permutationTestLower(source(1), y, x).p - (1 - p / 2))).toBeLessThan(0.015);
    expect(Math.abs(permutationTestLower(source(1), [...x, 1], y).p - p / 2)).toBeLessThan(0.2);
  });

  test('of very many values is that of the normal limit', () => {
    const many = (shift: number) => Array.from({ length: 1001 }, () => random() + shift);
    const [low, high] = [many(0), many(0.02)];
    const { p, method } = permutationTestLower(never, low, high);
    expect(method).toBe('normal');
    expect(Math.abs(p - (student(low, high)?.p as number) / 2)).toBeLessThan(0.001);
    expect(permutationTestLower(never, high, low).p).toBeCloseTo(1 - p, 12);
  });
});

describe('Kolmogorov and Smirnov’s test', () => {
  test('is exact for hundreds of values, as SciPy has it', () => {
    const { first, second, d, p } = further.kolmogorovSmirnovLarge;
    expectFigures(kolmogorovSmirnov(first, second), { d, p, method: 'exact' }, 1e-11);
  });

  test('joins its limit beyond 1,000,000 pairs', () => {
    const random = source(6);
    const [x, y] = [1000, 1001].map((count, i) => Array.from({ length: count }, () => random() + i * 0.04)) as [
      number[],
      number[],
    ];
    const [exact, limit] = [kolmogorovSmirnov(x, y.slice(1)), kolmogorovSmirnov(x, y)];
    expect([exact.method, limit.method]).toEqual(['exact', 'asymptotic']);
    expect(Math.abs(exact.p - limit.p) / exact.p).toBeLessThan(0.2);
  });

  test('finds no distance between equal samples, and the whole one between samples apart', () => {
    expect(kolmogorovSmirnov([1, 1, 2], [1, 1, 2])).toEqual({ d: 0, p: 1, method: 'exact' });
    expectFigures(kolmogorovSmirnov([1, 2, 3], [4, 5, 6]), { d: 1, p: 0.1, method: 'exact' }, 1e-15);
    expect(kolmogorovSmirnov([1, Infinity], [2, Infinity])).toEqual(kolmogorovSmirnov([1, 9], [2, 9]));
  });
});

describe('at the edges', () => {
  const equal = [2, 2, 2];

  test('values that do not vary have no test, no effect size and no correlation', () => {
    expect([student(equal, equal), cohenD(equal, equal), varianceRatio(equal, [1, 2])]).toEqual([null, null, null]);
    expect([glassDelta([1, 2], equal), correlation(equal, [1, 2, 3])]).toEqual([null, null]);
    for (const test of [oneWayAnova, levene, welchAnova, bartlett]) expect(test([equal, equal])).toBeNull();
    expect([shapiroWilk(equal), excessKurtosis([2, 2, 2, 2]), brunnerMunzel(equal, equal)]).toEqual([null, null, null]);
    expect([violationRatio(equal, [2, 2]), sobolIndices(equal, equal, equal)]).toEqual([null, null]);
    expect([medianAbsoluteDeviation(equal), fractionalInterquartileMean(equal)]).toEqual([0, 2]);
    expect(deviationInterval(equal)).toMatchObject({ low: 0, high: 0 });
    expect([deviationInterval([1]), deviationFactors(1), tInterval([1]), geometricInterval([1])]).toEqual(
      Array(4).fill(null),
    );
    expect(chiSquaredQuantile(0.5, Number.NaN)).toBeNaN();
  });

  test('too few values, or too many, have none either', () => {
    expect([student([1], [1, 2]), cohenD([1], [1, 2]), glassDelta([1, 2], [1])]).toEqual([null, null, null]);
    expect([varianceRatio([1], [1, 2]), brunnerMunzel([1], [1, 2])]).toEqual([null, null]);
    expect([oneWayAnova([[1], [2]]), welchAnova([[1], [2, 3]]), bartlett([[1], [2, 3]])]).toEqual([null, null, null]);
    expect([shapiroWilk([1, 2]), excessKurtosis([1, 2, 3])]).toEqual([null, null]);
    expect(shapiroWilk(Array.from({ length: 5001 }, (_, i) => i))).toBeNull();
    expect([fractionalInterquartileMean([7]), fractionalInterquartileMean([1, 4])]).toEqual([7, 2.5]);
  });

  test('samples that do not overlap have no Brunner-Munzel test, and are wholly ordered', () => {
    expect(brunnerMunzel([1, 2, 3], [4, 5, 6])).toBeNull();
    expect(violationRatio([1, 2, 3], [4, 5])).toBe(0);
    expect(violationRatio([4, 5], [1, 2, 3])).toBe(1);
  });

  test('evenly spaced values are as normal as three can be', () => {
    expect(shapiroWilk([1, 2, 3])?.p).toBeCloseTo(1, 7);
    expect(shapiroWilk([1, 1, 2])?.p).toBeCloseTo(0, 7);
  });

  test('pairs without a difference are no evidence, and one sign only is as much as there can be', () => {
    expect([signTest([]), signTest([0, 0]), signTest([1])]).toEqual([1, 1, 1]);
    expect(signTest([1, 2, 3, 4, 0])).toBeCloseTo(2 / 16, 14);
  });

  test('shares of the variance of a sum are those of its terms', () => {
    const random = source(8);
    const draws = (count: number) => Array.from({ length: count }, () => random() - 0.5);
    const [n, size] = [40_000, 2];
    const [a, b, c, d] = [draws(n), draws(n), draws(n), draws(n)] as [number[], number[], number[], number[]];
    // f = 2 u + v: 4/5 of the variance come from u.
    const f = (u: number[], v: number[]) => u.map((each, i) => size * each + (v[i] as number));
    const indices = sobolIndices(f(a, b), f(c, d), f(c, b));
    expect(indices?.total).toBeCloseTo(0.8, 1);
    expect(indices?.first).toBeCloseTo(0.8, 1);
    expect(indices?.variance).toBeCloseTo(4 / 12, 1);
  });
});
