import { describe, expect, test } from 'vitest';
import { cohenDz } from '../../src/stats/cohenDz.js';
import { equivalence } from '../../src/stats/equivalence.js';
import type { MeanTest } from '../../src/stats/meanTest.js';
import { pairedSuperiority } from '../../src/stats/pairedSuperiority.js';
import { pairedT } from '../../src/stats/pairedT.js';
import { midranks } from '../../src/stats/ranks.js';
import { signFlipTest } from '../../src/stats/signFlipTest.js';
import { normalSignedRankP, smallestSignedRankP, wilcoxon } from '../../src/stats/wilcoxon.js';
import { samples } from './comparing.js';
import { expectFigures } from './expectFigures.js';
import { source } from './source.js';

const never = () => {
  throw new Error('an exact test drew a random number');
};

const pairs = (first: readonly number[], second: readonly number[]) =>
  first.map((value, i) => value - (second[i] as number));

describe.each(samples.filter(([, { paired }]) => paired))('of the pairs "%s"', (_, { first, second, paired }) => {
  const differences = pairs(first, second);
  if (!paired) throw new Error('no figures');

  test('Wilcoxon has the rank sum, p and method of R and SciPy', () => {
    const test = wilcoxon(differences);
    const { ties } = midranks(differences.filter((each) => each !== 0).map(Math.abs));
    // With ties both programs approximate, and wilcoxon counts.
    if (ties === 0) return expectFigures(test, paired.wilcoxon);
    const { positive, count, p } = paired.wilcoxon;
    expectFigures(test, { positive, count, method: 'exact' });
    expectFigures({ p: normalSignedRankP(Math.min(positive, test.negative), count, ties, 0.5) }, { p });
  });

  test('the paired t test, d_z and two one-sided tests agree with SciPy and statsmodels', () => {
    const test = pairedT(differences);
    expectFigures(test, paired.pairedT, 1e-9);
    expectFigures({ dz: cohenDz(differences) }, { dz: paired.dz }, 1e-9);
    expectFigures({ p: equivalence(test as MeanTest, paired.margin) }, { p: paired.equivalence }, 1e-8);
  });

  test('the superiority has the quantiles of the multinomial distribution of resamples', () => {
    const [low, high] = paired.superiorityInterval;
    expectFigures(pairedSuperiority(differences), { probability: paired.superiority, low, high }, 1e-12);
  });
});

test.each(samples.filter(([, { paired }]) => paired?.signFlip !== undefined))(
  'of the pairs "%s" all signs are looked at, and p is that of SciPy',
  (_, { first, second, paired }) => {
    expectFigures(signFlipTest(never, pairs(first, second)), { p: paired?.signFlip, method: 'exact' });
  },
);

describe('at the edges', () => {
  test('pairs without a difference are no evidence', () => {
    expect(wilcoxon([0, 0, 0])).toEqual({ positive: 0, negative: 0, count: 0, p: 1, method: 'exact' });
    expect(signFlipTest(never, [0, 0])).toEqual({ p: 1, method: 'exact' });
    expect(pairedSuperiority([0, 0])).toEqual({ probability: 0.5, low: 0.5, high: 0.5 });
    expect([pairedT([0, 0]), cohenDz([0, 0])]).toEqual([null, null]);
  });

  test('one pair decides nothing', () => {
    expect(wilcoxon([3]).p).toBe(1);
    expect(signFlipTest(never, [3]).p).toBe(1);
    expect([pairedT([3]), cohenDz([3])]).toEqual([null, null]);
  });

  test('equal differences have no t, and the rank test takes them as ties', () => {
    expect([pairedT([2, 2, 2]), cohenDz([2, 2, 2])]).toEqual([null, null]);
    expectFigures(wilcoxon([2, 2, 2, 2, 2, 2]), { p: 1 / 32, method: 'exact' });
    expect(pairedSuperiority([2, 2, 2])).toEqual({ probability: 1, low: 1, high: 1 });
  });

  // SciPy 1.17.1, wilcoxon with PermutationMethod over all signs.
  test.each([
    [[1, 1, 1, 1, 1], 0.0625],
    [[2, 2, -1, 3, 3, 3, -2, 5, 5], 0.03125],
    [[0.5, 0.5, 0.5, -0.5, 1, 1, -1, 2, 2, 2, 2, 3], 0.0146484375],
    [[2, -3, -1, -1, 1, -3, 2, 2, 1, -1, -1, -1, -2, 2, -2, -1], 0.50396728515625],
  ])('of tied differences %j the p is exact given the ties, as SciPy is over all signs', (differences, p) => {
    expectFigures(wilcoxon(differences), { p, method: 'exact' });
    expectFigures(wilcoxon(differences.map((each) => -each)), { p, method: 'exact' });
  });

  test('an infinite difference ranks beyond all others', () => {
    expect(wilcoxon([1, 2, -3, Infinity])).toEqual(wilcoxon([1, 2, -3, 4]));
  });

  test('the smallest p is that of equal signs', () => {
    for (const n of [1, 2, 5, 6, 20]) {
      const differences = Array.from({ length: n }, (_, i) => i + 1);
      expectFigures({ p: smallestSignedRankP(n) }, { p: wilcoxon(differences).p });
    }
  });

  test('exact up to 50 differences, normal beyond, and both agree where they meet', () => {
    const random = source(5);
    const differences = Array.from({ length: 50 }, () => random() - 0.4);
    const exact = wilcoxon(differences);
    const beyond = wilcoxon([...differences, -0.00001]);
    expect([exact.method, beyond.method]).toEqual(['exact', 'normal']);
    expect(Math.abs(exact.p - beyond.p)).toBeLessThan(0.01);
  });

  test('100,000 pairs are compared without resampling', () => {
    const random = source(3);
    const differences = Array.from({ length: 100_000 }, () => random() - 0.49);
    expect(wilcoxon(differences).p).toBeLessThan(1e-6);
    expect(signFlipTest(never, differences)).toMatchObject({ method: 'normal' });
    expect(pairedSuperiority(differences).probability).toBeCloseTo(0.51, 2);
  });
});

describe('random signs', () => {
  const random = source(9);
  const differences = Array.from({ length: 30 }, () => random() * random() - 0.2);

  test('come near the t test, are never 0, and the same for both orders of a pair', () => {
    const { p, method } = signFlipTest(source(1), differences);
    expect(method).toBe('monteCarlo');
    expect(Math.abs(p - (pairedT(differences) as MeanTest).p)).toBeLessThan(0.02);
    expect(signFlipTest(source(1), differences.map((difference) => -difference).reverse()).p).toBe(p);
    expect(
      signFlipTest(
        source(1),
        Array.from({ length: 30 }, () => 1 + random() / 10),
      ).p,
    ).toBe(1 / 10_001);
  });

  test('give way to their limit, which p joins without a jump', () => {
    const many = Array.from({ length: 1001 }, () => random() - 0.485);
    const [drawn, limit] = [signFlipTest(source(1), many.slice(1)), signFlipTest(never, many)];
    expect([drawn.method, limit.method]).toEqual(['monteCarlo', 'normal']);
    expect(Math.abs(drawn.p - limit.p)).toBeLessThan(0.02);
  });

  test('the superiority joins its limit beyond 1000 pairs', () => {
    const many = Array.from({ length: 1000 }, () => Math.sign(random() - 0.4) || 1);
    const [exact, limit] = [pairedSuperiority(many), pairedSuperiority([...many, 0])];
    expect(Math.abs(exact.low - limit.low)).toBeLessThan(0.002);
    expect(Math.abs(exact.high - limit.high)).toBeLessThan(0.002);
  });
});
