import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brownForsythe } from '../../src/stats/brownForsythe.js';
import { equivalence } from '../../src/stats/equivalence.js';
import { hedgesG } from '../../src/stats/hedgesG.js';
import { hodgesLehmann } from '../../src/stats/hodgesLehmann.js';
import { levene } from '../../src/stats/levene.js';
import { mannWhitney, normalRankSumP, smallestRankSumP } from '../../src/stats/mannWhitney.js';
import type { MeanTest } from '../../src/stats/meanTest.js';
import { permutationTest, permutationTestLower } from '../../src/stats/permutationTest.js';
import { rankSum } from '../../src/stats/rankSum.js';
import { midranks } from '../../src/stats/ranks.js';
import { superiority } from '../../src/stats/superiority.js';
import { superiorityVerdict } from '../../src/stats/superiorityVerdict.js';
import { welch } from '../../src/stats/welch.js';
import { article, comparing, samples } from './comparing.js';
import { expectFigures } from './expectFigures.js';
import { source } from './source.js';

const never = () => {
  throw new Error('an exact test drew a random number');
};

describe.each(samples)('of the samples "%s"', (_, sample) => {
  const { first, second } = sample;

  test('Mann-Whitney has the U, p and method of R and SciPy', () => {
    const { w: u, p, method } = sample.mannWhitney;
    const test = mannWhitney(first, second);
    const { ties } = rankSum(first, second);
    // With ties both programs approximate, and mannWhitney counts.
    if (ties === 0) return expectFigures(test, { u, p, method });
    const [n, m] = [first.length, second.length];
    expectFigures(test, { u, method: 'exact' });
    expectFigures({ p: normalRankSumP(Math.min(u, n * m - u), ties, n, m, 0.5) }, { p });
  });

  test('superiority solves the equation of its interval', () => {
    const [low, high] = sample.superiorityInterval;
    expectFigures(superiority(first, second), { probability: sample.superiority, low, high }, 1e-9);
  });

  test("the shift is the median difference, its exact interval R's", () => {
    const { shift, interval } = hodgesLehmann(first, second);
    expectFigures({ shift }, { shift: sample.shift });
    const exact = sample.mannWhitney.shiftInterval;
    if (!exact) return;
    // R gives an interval of a lower level where none of this level exists.
    if (smallestRankSumP(first.length, second.length) > 0.05) expect(interval).toBeNull();
    else expectFigures(interval, { low: exact[0], high: exact[1] });
  });

  test('Welch, Hedges, Brown-Forsythe and two one-sided tests agree with SciPy and statsmodels', () => {
    const test = welch(first, second);
    expectFigures(test, sample.welch, 1e-9);
    expectFigures({ g: hedgesG(first, second) }, { g: sample.hedgesG }, 1e-9);
    expectFigures(brownForsythe([first, second]), sample.brownForsythe, 1e-9);
    expectFigures({ p: equivalence(test as MeanTest, sample.margin) }, { p: sample.equivalence }, 1e-8);
  });
});

test.each(samples.filter(([, { permutation }]) => permutation !== undefined))(
  'of the samples "%s" every split is looked at, and p is that of SciPy',
  (_, { first, second, permutation }) => {
    expectFigures(permutationTest(never, first, second), { p: permutation, method: 'exact' });
  },
);

describe("of the article's lists", () => {
  const [theano, unseeded] = [article.datasets.theano.values, article.datasets.unseeded.values] as [number[], number[]];
  const figures = article.pairs.theano_vs_unseeded;

  test('the interval of the superiority is near that of 10,000 resamples', () => {
    const { low, high } = superiority(theano, unseeded);
    const [from, to] = figures.A12_bootstrap10k_percentile95;
    expect(Math.abs(low - from)).toBeLessThan(0.06);
    expect(Math.abs(high - to)).toBeLessThan(0.06);
  });
});

describe('with ties', () => {
  // SciPy 1.17.1, mannwhitneyu with PermutationMethod over all splits.
  test.each([
    [[1, 1, 1], [2, 2, 2], 0.1],
    [[1, 2, 2], [2, 3, 3, 3, 5, 5, 1], 0.15],
    [comparing.samples['ties']?.first, comparing.samples['ties']?.second, 0.6347225529888069],
  ])('Mann-Whitney is exact given the ties, as SciPy is over all splits', (first = [], second = [], p) => {
    expectFigures(mannWhitney(first, second), { p, method: 'exact' });
    expectFigures(mannWhitney(second, first), { p, method: 'exact' });
  });

  test('Mann-Whitney is the permutation test of the mid-ranks', () => {
    const grades = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(grades, grades, (first, second) => {
        const { ranks } = midranks([...first, ...second]);
        const split = [ranks.slice(0, first.length), ranks.slice(first.length)].map((side) => [...side]);
        const [x, y] = split as [number[], number[]];
        const [lower, upper] = [permutationTestLower(never, x, y).p, permutationTestLower(never, y, x).p];
        expectFigures(mannWhitney(first, second), { p: Math.min(1, 2 * Math.min(lower, upper)) });
      }),
    );
  });

  test('50 tied values a side have the p that the normal approximation comes near', () => {
    const random = source(4);
    const [x, y] = [0, 1].map((shift) => Array.from({ length: 50 }, () => Math.floor(6 * random() + shift / 2)));
    const { u, p } = mannWhitney(x as number[], y as number[]);
    const { ties } = rankSum(x as number[], y as number[]);
    expect(mannWhitney(y as number[], x as number[])).toEqual({ u: 2500 - u, p, method: 'exact' });
    expect(Math.abs(p / normalRankSumP(Math.min(u, 2500 - u), ties, 50, 50, 0.5) - 1)).toBeLessThan(0.05);
  });
});

describe('the exact distribution gives way at 50 a side', () => {
  const normal = (count: number, shift: number) => {
    const random = source(count);
    return Array.from({ length: count }, () => random() + shift);
  };

  test('50 against 50 is exact, also with ties, 51 against 50 is not', () => {
    expect(mannWhitney(normal(50, 0), normal(49, 0)).method).toBe('exact');
    expect(mannWhitney(normal(51, 0), normal(50, 0)).method).toBe('normal');
    expect(mannWhitney([1, 2, 3], [3, 4, 5]).method).toBe('exact');
  });

  test('beyond, no p is smaller than these values can give', () => {
    // One of 61 places is the lowest; of two values that differ from all others, one is on a side in half of the splits.
    expect(mannWhitney([1], Array(60).fill(2)).p).toBeCloseTo(2 / 61, 12);
    expect(mannWhitney(Array(60).fill(2), [1]).p).toBeCloseTo(2 / 61, 12);
    expect(mannWhitney([...Array(59).fill(1), 2], Array(60).fill(1)).p).toBeCloseTo(1, 12);
  });

  test('and both agree where they meet', () => {
    const [x, y] = [normal(50, 0), normal(49, 0.1)];
    const exact = mannWhitney(x, y).p;
    // One value far above all others on either side moves U by little and the size beyond 50.
    const beyond = mannWhitney([...x, 9], [...y, 10]).p;
    expect(Math.abs(beyond - exact)).toBeLessThan(0.02);
  });
});

describe('random splits', () => {
  const random = source(7);
  const lots = (count: number, shift: number) => Array.from({ length: count }, () => random() * random() + shift);
  const [x, y] = [lots(30, 0), lots(25, 0.05)];

  test('come near the exact p, which SciPy gives for samples small enough', () => {
    const { p, method } = permutationTest(source(1), x, y);
    expect(method).toBe('monteCarlo');
    expect(Math.abs(p - (welch(x, y) as MeanTest).p)).toBeLessThan(0.02);
    expect(permutationTest(source(2), x, y).p).not.toBe(p);
    expect(permutationTest(source(1), x, y).p).toBe(p);
  });

  test('never give a p of 0', () => {
    expect(permutationTest(source(1), lots(20, 0), lots(20, 5)).p).toBe(1 / 10_001);
  });

  test('count the observed split in the tail that is doubled where sides are unequal', () => {
    expect(permutationTest(source(1), lots(20, 0), lots(21, 5)).p).toBe(2 / 10_001);
    expect(permutationTestLower(source(1), lots(20, 0), lots(21, 5)).p).toBe(1 / 10_001);
  });

  test('change nothing when sides are swapped or values reordered', () => {
    const { p } = permutationTest(source(1), x, y);
    expect(permutationTest(source(1), y, x).p).toBe(p);
    expect(permutationTest(source(1), [...x].reverse(), [...y].sort()).p).toBe(p);
    const same = x.slice(0, 25);
    expect(permutationTest(source(1), same, y).p).toBe(permutationTest(source(1), y, same).p);
  });

  test('give way to their limit, which p joins without a jump', () => {
    const [many, more] = [lots(1000, 0), lots(1200, 0.015)];
    const drawn = permutationTest(source(1), many, more);
    const limit = permutationTest(never, [...many, 0.25], more);
    expect([drawn.method, limit.method]).toEqual(['monteCarlo', 'normal']);
    expect(Math.abs(drawn.p - limit.p)).toBeLessThan(0.015);
  });
});

describe('at the edges', () => {
  test('equal values on both sides are no evidence, and mean tests have no value', () => {
    const equal = [2, 2, 2, 2];
    expect(mannWhitney(equal, equal)).toEqual({ u: 8, p: 1, method: 'exact' });
    expect(superiority(equal, equal).probability).toBe(0.5);
    expect(hodgesLehmann(equal, equal)).toEqual({ shift: 0, interval: { low: 0, high: 0 } });
    expect(permutationTest(never, equal, equal).p).toBe(1);
    expect([welch(equal, equal), hedgesG(equal, equal), brownForsythe([equal, equal])]).toEqual([null, null, null]);
  });

  test('groups of which only rounding tells distances from the median apart have no test of spread', () => {
    for (const unit of [1, 0.01, 3e5]) {
      const pairsOf = [
        [0.1, 0.3],
        [0.2, 0.7],
      ].map((group) => group.map((value) => value * unit));
      expect([brownForsythe(pairsOf), levene(pairsOf)]).toEqual([null, null]);
    }
    // Rounding of large values is no bound for small ones.
    expect(
      brownForsythe([
        [1e20, 1e20, 1e20],
        [1, 2, 4],
      ])?.df2,
    ).toBe(4);
  });

  test('one value a side ranks, and has no mean test', () => {
    expect(mannWhitney([1], [2])).toEqual({ u: 0, p: 1, method: 'exact' });
    expect(hodgesLehmann([1], [2])).toEqual({ shift: -1, interval: null });
    expect(permutationTest(never, [1], [2]).p).toBe(1);
    expect([welch([1], [2]), hedgesG([1], [2]), brownForsythe([[1], [2]])]).toEqual([null, null, null]);
  });

  test('sides that do not overlap have an interval that is no point', () => {
    const { probability, low, high } = superiority([1, 2, 3], [4, 5, 6]);
    expect([probability, low]).toEqual([0, 0]);
    expect(high).toBeGreaterThan(0.2);
    expect(superiority([4, 5, 6], [1, 2, 3])).toEqual({ probability: 1, low: 1 - high, high: 1 });
  });

  test('infinite values rank beyond all others and are equal to each other', () => {
    expect(mannWhitney([1, Infinity, Infinity], [2, 3, Infinity])).toEqual(mannWhitney([1, 9, 9], [2, 3, 9]));
  });

  test('figures at the ends of float64 are right or null, never NaN', () => {
    const [large, larger] = [
      [1e308, 1.5e308, 1.2e308],
      [-1e308, -1.7e308, -1.1e308],
    ];
    expect(welch(large, larger)).toBeNull();
    expect(hedgesG(large, larger)).toBeNull();
    const small = [5e-324, 1e-323, 0];
    expect(hodgesLehmann(small, [0, 0, 0, 0, 0]).shift).toBe(5e-324);
    expect(permutationTest(never, [1e308, 1.1e308], [-1e308, -1.1e308]).p).toBeCloseTo(1 / 3, 12);
  });

  test('100,000 values a side are compared without resampling, nor all differences at once', () => {
    const random = source(3);
    const [x, y] = [0, 0.01].map((shift) => Array.from({ length: 100_000 }, () => random() + shift)) as [
      number[],
      number[],
    ];
    expect(mannWhitney(x, y).p).toBeLessThan(1e-6);
    expect(superiority(x, y).probability).toBeCloseTo(0.49, 2);
    expect(hodgesLehmann(x, y).shift).toBeCloseTo(-0.01, 2);
    expect(permutationTest(never, x, y).method).toBe('normal');
    expect(welch(x, y)?.p).toBeLessThan(1e-6);
    expect(hedgesG(x, y)).toBeCloseTo(-0.035, 1);
    expect(brownForsythe([x, y])?.p).toBeGreaterThan(1e-4);
  });
});

const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 2, maxLength: 12 });

describe('of any two samples', () => {
  test('swapping mirrors every figure', () => {
    fc.assert(
      fc.property(values, values, (x, y) => {
        const [there, back] = [mannWhitney(x, y), mannWhitney(y, x)];
        expect(back).toEqual({ ...there, u: x.length * y.length - there.u });
        const [a, b] = [superiority(x, y), superiority(y, x)];
        expectFigures(b, { probability: 1 - a.probability, low: 1 - a.high, high: 1 - a.low }, 1e-12);
        expectFigures(hodgesLehmann(y, x), { shift: -hodgesLehmann(x, y).shift });
        const [t, s] = [welch(x, y), welch(y, x)];
        if (t) expectFigures(s, { t: -t.t, df: t.df, p: t.p, low: -t.high, high: -t.low }, 1e-9);
      }),
    );
  });

  test('the shift is the median of all differences, whatever their order', () => {
    fc.assert(
      fc.property(values, values, (x, y) => {
        const all = x.flatMap((a) => y.map((b) => a - b)).sort((a, b) => a - b);
        const [low = 0, high = 0] = [all[Math.floor((all.length - 1) / 2)], all[Math.floor(all.length / 2)]];
        expect(hodgesLehmann(x, y).shift).toBe((low + high) / 2 + 0);
      }),
    );
  });
});

test('a meaningful superiority is one whose interval lies above 1/2 and reaches above 3/4', () => {
  expect(superiorityVerdict({ low: 0.5, high: 0.9 })).toBe('not significant');
  expect(superiorityVerdict({ low: 0.51, high: 0.75 })).toBe('significant but not meaningful');
  expect(superiorityVerdict({ low: 0.51, high: 0.76 })).toBe('significant and meaningful');
  expect(superiorityVerdict({ low: 0.51, high: 0.76 }, 0.8)).toBe('significant but not meaningful');
});

test('the interval of the superiority covers 95% of samples of 10 from skewed distributions', () => {
  const random = source(11);
  // Exponential against exponential of half the scale: P(X > Y) = 2/3.
  const draw = (scale: number) => Array.from({ length: 10 }, () => -scale * Math.log(1 - random()));
  let covered = 0;
  for (let i = 0; i < 4000; i++) {
    const { low, high } = superiority(draw(1), draw(0.5));
    if (low <= 2 / 3 && 2 / 3 <= high) covered++;
  }
  expect(covered / 4000).toBeGreaterThan(0.94);
  expect(covered / 4000).toBeLessThan(0.975);
});
