import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Arm, type CompareOptions, compareArms, type PairComparison } from '../../src/analysis/compare.js';
import { comparePair } from '../../src/analysis/comparePair.js';
import { leadingTest } from '../../src/analysis/leadingTest.js';
import { noether, noetherPaired } from '../../src/stats/noether.js';
import { reference } from '../reference.js';
import { expectFigures } from '../stats/expectFigures.js';
import { source } from '../stats/source.js';

const lower: CompareOptions = { direction: 'lower' };

const arms = (...lists: readonly (readonly number[])[]): Arm[] =>
  lists.map((scores, i) => ({ label: 'abcdef'.charAt(i), scores }));

const pairOf = (list: readonly Arm[], options = lower) => compareArms(list, options).pairs[0] as PairComparison;

/** A skewed sample: e to a normal number, so spanning decades. */
function lognormal(random: () => number, count: number, shift = 0): number[] {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: count }, () => Math.exp(2 * normal() + shift));
}

const published = reference<Record<'theano' | 'unseeded', { scores: number[] }>>('published.json');
const article = arms(published.theano.scores, published.unseeded.scores);

describe("of the article's lists", () => {
  test('Mann-Whitney leads, and the data do not say', () => {
    const { pairs, verdict, paired, overall } = compareArms(article, lower);
    expect([paired, overall]).toEqual([false, null]);
    const pair = pairs[0] as PairComparison;
    // SciPy 1.10.1
    expectFigures(pair.test, { name: 'Mann-Whitney', statistic: 37, p: 0.35268137435320107, method: 'exact' });
    expect(pair.probabilityBetter.probability).toBe(0.63);
    expectFigures(pair, { cliffsDelta: -0.26, effectSize: -0.2063553996016937, adjustedP: pair.test.p }, 1e-12);
    expect(pair.meaning).toBe('not significant');
    // Noether: (1.959964 + 1.644854)² / (6 · 0.13²) = 128.15
    expect(pair.repeatsNeeded).toBe(129);
    expect(verdict).toBe(
      'The data do not say which of a and b is better; if a scores better in 63% of pairs, as here, 129 repeats of each would tell.',
    );
  });

  test('higher for lower turns who is ahead, and no test', () => {
    const [there, back] = [pairOf(article), pairOf(article, { direction: 'higher' })];
    expect(back.test.p).toBe(there.test.p);
    expect([there.test.leader, back.test.leader]).toEqual(['first', 'second']);
    expect(back.probabilityBetter.probability).toBeCloseTo(0.37, 12);
    expect(back.cliffsDelta).toBe(there.cliffsDelta);
  });

  test('Wilcoxon leads where the arms are paired', () => {
    const { test, meaning, spread, shift } = pairOf(article, { ...lower, paired: true });
    expectFigures(test, { name: 'Wilcoxon', statistic: 23, p: 0.6953125, method: 'exact', leader: 'first' });
    expect([meaning, spread, shift]).toEqual(['not significant', null, null]);
  });
});

describe('what is concluded', () => {
  const sample = lognormal(source(1), 20);

  test('a clear difference names the better arm, by the direction', () => {
    const better = sample.map((score) => score / 50);
    expect(compareArms(arms(sample, better), lower).verdict).toMatch(
      /^b is better than a: it scores better in 9\d(\.\d)?% of pairs/,
    );
    expect(compareArms(arms(sample, better), { direction: 'higher' }).verdict).toMatch(/^a is better than b/);
    expect(pairOf(arms(sample, better), { ...lower, paired: true }).conclusion).toBe('second better');
  });

  test('the same scores are identical bit by bit, unpaired in any order, paired repeat by repeat', () => {
    const reversed = [...sample].reverse();
    expect(compareArms(arms(sample, reversed), lower).verdict).toBe('The scores of a and b are identical, bit by bit.');
    expect(pairOf(arms(sample, sample), { ...lower, paired: true }).conclusion).toBe('identical');
    expect(pairOf(arms(sample, reversed), { ...lower, paired: true }).conclusion).toBe('undecided');
    expect(pairOf(arms([0, 1], [-0, 1])).conclusion).toBe('undecided');
    expect(pairOf(arms([Number.NaN, 1], [1, Number.NaN])).conclusion).toBe('identical');
  });

  test('means within the margin are practically equivalent, by two one-sided tests', () => {
    const random = source(2);
    const [x, y] = [1, 1.001].map((centre) => Array.from({ length: 30 }, () => centre + random() / 10)) as [
      number[],
      number[],
    ];
    const near = pairOf(arms(x, y), { ...lower, margin: 0.1 });
    expect(near.conclusion).toBe('equivalent');
    expect(near.verdict).toBe('a and b are practically equivalent: their means lie within the margin.');
    expect(pairOf(arms(x, y), { ...lower, margin: 0.001 }).conclusion).toBe('undecided');
    const apart = y.map((score) => score + 0.05);
    expect(pairOf(arms(x, apart), { ...lower, margin: 0.1 }).verdict).toMatch(
      /^a is better .* though their means lie within/,
    );
  });

  test('arms that are ahead equally often need no number of repeats', () => {
    const { repeatsNeeded, verdict } = pairOf(arms([1, 4], [2, 3]));
    expect(repeatsNeeded).toBeNull();
    expect(verdict).toBe('The data do not say which of a and b is better: neither is ahead.');
  });

  test('paired arms need as many repeats as their ranks say, not as many as their wins', () => {
    // Of 30 pairs a wins 24, but the 6 that it loses it loses by far: W is not significant.
    const differences = Array.from({ length: 30 }, (_, i) => (i < 24 ? i + 1 : -10 * i));
    const { test, repeatsNeeded, verdict, probabilityBetter } = pairOf(arms(differences, Array(30).fill(0)), {
      direction: 'higher',
      paired: true,
    });
    expect(probabilityBetter.probability).toBe(0.8);
    // The ranks 1 … 24 of 465: (1.959964 + 1.644854)² / (3 (300 / 465 − ½)²) = 205.56
    expect(test).toMatchObject({ statistic: 300, favour: 300 / 465, leader: 'first', count: 30 });
    expect(repeatsNeeded).toBe(206);
    expect(verdict).toBe(
      'The data do not say which of a and b is better; if they go on to differ as here, 206 repeats of each would tell.',
    );
    const withTies = pairOf(arms([...differences, ...Array(30).fill(0)], Array(60).fill(0)), {
      ...lower,
      paired: true,
    });
    expect(withTies.repeatsNeeded).toBe(412);
  });

  test('more repeats are needed than there are, wherever the data do not say', () => {
    const few = fc.array(fc.integer({ min: -3, max: 9 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(few, few, few, fc.boolean(), (x, y, z, paired) => {
        for (const { repeatsNeeded } of compareArms(arms(x, y, z), { ...lower, paired }).pairs) {
          expect(repeatsNeeded ?? 13).toBeGreaterThan(12);
        }
      }),
    );
  });

  test('of more arms each pair is judged by its p after Holm', () => {
    const scores = [
      sample,
      sample.map((score) => score / 4),
      sample.map((score) => score / 400),
      [...sample].reverse(),
    ];
    const { overall, pairs, verdict } = compareArms(arms(...scores), lower);
    expect(overall).toMatchObject({ name: 'Kruskal-Wallis', df: 3 });
    expect(pairs.map(({ first, second }) => first + second)).toEqual(['ab', 'ac', 'ad', 'bc', 'bd', 'cd']);
    for (const { test, adjustedP, conclusion } of pairs) {
      expect(adjustedP).toBeGreaterThanOrEqual(test.p);
      if (conclusion.endsWith('better')) expect(adjustedP).toBeLessThanOrEqual(0.05);
    }
    // Alone a and b differ; of six pairs they do not.
    const [ab] = pairs as [PairComparison];
    expect(ab.test.p).toBeLessThan(0.05);
    expect(ab.conclusion).toBe('undecided');
    expect(verdict).toBe('c is better than a, b and d; identical, bit by bit: a and d; undecided: a and b, b and d.');
    expect(compareArms(arms(...scores), { ...lower, paired: true }).overall).toMatchObject({ name: 'Friedman', df: 3 });
  });

  test('arms of which nothing is known leave all undecided', () => {
    const random = source(4);
    const { verdict } = compareArms(arms(...[1, 2, 3].map(() => lognormal(random, 10))), lower);
    expect(verdict).toBe('The data do not say which of the 3 arms is better.');
  });
});

describe('pairing', () => {
  const scores = [3, 1, 2];
  const paired = (first: Partial<Arm>, second: Partial<Arm>) =>
    compareArms(
      [
        { label: 'a', scores, ...first },
        { label: 'b', scores: [1, 2, 4], ...second },
      ],
      lower,
    ).paired;

  test('is for arms that share theirs and have as many repeats, unless told otherwise', () => {
    expect(paired({ pairing: 'theano 1' }, { pairing: 'theano 1' })).toBe(true);
    expect(paired({ pairing: 'theano 1' }, { pairing: 'theano 2' })).toBe(false);
    expect(paired({ pairing: 'theano 1' }, {})).toBe(false);
    expect(paired({}, {})).toBe(false);
    expect(paired({ pairing: 'theano 1' }, { pairing: 'theano 1', scores: [1, 2] })).toBe(false);
  });

  test('arms of different lengths cannot be paired', () => {
    expect(() => compareArms(arms([1, 2], [1]), { ...lower, paired: true })).toThrow(
      'paired arms must have as many repeats as each other, got 2 and 1',
    );
  });
});

describe('scores that diverged', () => {
  const finite = [5, 6, 7, 8, 9, 10];
  const diverged = [5.5, Number.NaN, Infinity, -Infinity, Number.NaN, Infinity];

  test('rank as worse than any other in either direction, and are left out of means', () => {
    for (const direction of ['lower', 'higher'] as const) {
      const { pairs, warnings } = compareArms(arms(finite, diverged), { direction, margin: 9 });
      const pair = pairs[0] as PairComparison;
      expect(pair.test.leader).toBe('first');
      expect(pair.probabilityBetter.probability).toBeGreaterThan(0.8);
      expect([pair.meanTest, pair.equivalence]).toEqual([null, null]);
      expect(warnings).toEqual([
        '5 of 6 repeats of b diverged: ranks take them as worse than any other, means leave them out',
        'the margin is not tested where repeats diverged, are fewer than 2 or do not vary',
      ]);
    }
  });

  test('are equal to each other, in pairs too', () => {
    const { test } = pairOf(arms([1, Number.NaN, 3], [2, Infinity, 1]), { ...lower, paired: true });
    expect(test).toMatchObject({ statistic: 2, leader: 'second' });
  });

  test('in all repeats leave no figure of a mean, and a verdict', () => {
    const none = [Number.NaN, Infinity, -Infinity];
    expect(pairOf(arms(none, [Number.NaN, Number.NaN, Infinity]))).toMatchObject({
      meanTest: null,
      permutation: null,
      shift: null,
    });
    expect(pairOf(arms(none, [1, 2, 3]), { ...lower, paired: true }).test).toMatchObject({
      leader: 'second',
      favour: 0,
    });
  });
});

describe('doubts', () => {
  test('so few repeats that nothing could be significant say how many it takes', () => {
    const few = (count: number) =>
      arms(...[0, 1].map((shift) => Array.from({ length: count }, (_, i) => i + shift / 2)));
    const warnings = (list: readonly Arm[], options = lower) => compareArms(list, options).warnings;
    // 2 / C(6, 3) = 0.1, 2 / C(8, 4) = 0.029; 2^(1 − 5) = 0.0625, 2^(1 − 6) = 0.031
    expect(warnings(few(3))).toEqual([
      'no outcome could have been significant at alpha = 0.05: that takes 4 repeats of each arm',
    ]);
    expect(warnings(few(4))).toEqual([]);
    const [doubt] = warnings(few(5), { ...lower, paired: true });
    expect(doubt).toBe('no outcome could have been significant at alpha = 0.05: that takes 6 pairs that differ');
    expect(warnings(few(6), { ...lower, paired: true })).not.toContain(doubt);
  });

  test('an interval of P(better) from fewer pairs than the 29 that it is made for is doubted', () => {
    const random = source(12);
    const warnings = (count: number) =>
      compareArms(arms(lognormal(random, count), lognormal(random, count)), { ...lower, paired: true }).warnings;
    expect(warnings(28)).toEqual([
      'the interval of P(better) is made for 29 pairs; of 28 it may cover far less than 95%',
    ]);
    expect(warnings(29)).toEqual([]);
    expect(compareArms(arms([1, 2, 3], [1, 2, 3]), { ...lower, paired: true }).warnings).toEqual([]);
  });

  test('paired differences that are constant but for rounding have no mean test and no effect size', () => {
    const first = [0.81, 0.82, 0.83, 0.84, 0.85, 0.86];
    const second = first.map((score) => score - 0.01);
    const [pair] = compareArms(arms(first, second), { ...lower, paired: true, margin: 1 }).pairs;
    expect(pair).toMatchObject({ meanTest: null, effectSize: null, equivalence: null, conclusion: 'second better' });
    const varied = second.map((score, i) => score + 1e-12 * i);
    expect(compareArms(arms(first, varied), { ...lower, paired: true }).pairs[0]?.meanTest).not.toBeNull();
  });

  test('a winner of less than half of the pairs is told to win by the size of its differences', () => {
    // Twelve large gains against thirteen small losses.
    const gains = Array.from({ length: 25 }, (_, i) => (i < 13 ? -0.01 * (i + 1) : i));
    const [pair] = compareArms(
      arms(
        gains.map(() => 0),
        gains,
      ),
      { direction: 'higher', paired: true, alpha: 0.1 },
    ).pairs;
    expect(pair?.probabilityBetter.probability).toBeGreaterThan(0.5);
    expect(pair?.verdict).toBe('b is better than a, by the size of its differences (Wilcoxon, alpha = 0.1).');
  });

  test('a share near a half is told from it, and no number of repeats beyond 2^53 is given', () => {
    const long = Array.from({ length: 101 }, (_, i) => i);
    const near = compareArms(arms(long, [...long.slice(0, -1), 99.5]), lower).pairs[0];
    expect(near?.verdict).toMatch(/if b scores better in 50\.0\d+% of pairs/);
    expect([noether(0.5 + 1e-12), noetherPaired(0.5 - 1e-12)]).toEqual([null, null]);
  });

  test('one repeat, equal scores and ties everywhere are compared', () => {
    expect(compareArms(arms([1], [2]), lower).verdict).toContain('The data do not say');
    expect(pairOf(arms([1, 1, 1, 1, 1], [2, 2, 2, 2, 2]))).toMatchObject({
      conclusion: 'first better',
      meanTest: null,
    });
    expect(compareArms(arms([1, 1, 2], [2, 1, 1, 2]), lower).pairs[0]?.test.method).toBe('exact');
  });

  test.each([
    [() => compareArms(arms([1]), lower), 'a comparison needs 2 arms, got 1'],
    [() => compareArms(arms([1], []), lower), '"b" has no scores'],
    [() => compareArms([...arms([1]), ...arms([2])], lower), 'two arms are called "a"'],
    [() => compareArms(arms([1], [2]), { ...lower, alpha: 1 }), 'alpha must be between 0 and 1, got 1'],
    [() => compareArms(arms([1], [2]), { ...lower, margin: 0 }), 'the margin must be a number above 0, got 0'],
  ])('what cannot be compared is refused', (comparing, message) => {
    expect(comparing).toThrow(message);
  });
});

const scores = fc.array(fc.oneof(fc.double({ noNaN: true, min: -100, max: 100 }), fc.integer({ min: 0, max: 3 })), {
  minLength: 2,
  maxLength: 8,
});

describe('of any two arms', () => {
  const opposite = { first: 'second', second: 'first' } as const;

  test.each([false, true])('swapping them mirrors everything (paired: %s)', (paired) => {
    fc.assert(
      fc.property(scores, scores, (x, y) => {
        const count = Math.min(x.length, y.length);
        const [a, b] = paired ? [x.slice(0, count), y.slice(0, count)] : [x, y];
        const options = { direction: 'lower', paired, alpha: 0.05, margin: 1 } as const;
        const [there, back] = [comparePair(a, b, options), comparePair(b, a, options)];
        expectFigures(back.test, { p: there.test.p, leader: there.test.leader && opposite[there.test.leader] }, 1e-12);
        const { probability, low, high } = there.probabilityBetter;
        expectFigures(back.probabilityBetter, { probability: 1 - probability, low: 1 - high, high: 1 - low }, 1e-9);
        expect(back.meaning).toBe(there.meaning);
        expectFigures({ delta: back.cliffsDelta }, { delta: -there.cliffsDelta }, 1e-12);
        expectFigures({ p: back.permutation?.p }, { p: there.permutation?.p });
        if (there.shift) expectFigures({ shift: back.shift?.shift }, { shift: -there.shift.shift });
        if (there.meanTest) expectFigures(back.meanTest, { t: -there.meanTest.t, p: there.meanTest.p }, 1e-9);
        if (there.equivalence) expectFigures(back.equivalence, there.equivalence, 1e-9);
      }),
    );
  });

  test('permuting the repeats of an arm changes no bit of an unpaired comparison', () => {
    const orders = scores.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(orders, scores, ([list, shuffled], other) => {
        const [there, back] = [compareArms(arms(list, other), lower), compareArms(arms(shuffled, other), lower)];
        // Outliers name their repeats.
        expect({ ...back, arms: [] }).toEqual({ ...there, arms: [] });
      }),
      { numRuns: 50 },
    );
  });

  test('permuting pairs changes no bit of a paired one', () => {
    const random = source(5);
    const [x, y] = [lognormal(random, 30), lognormal(random, 30)];
    const reversed = comparePair([...x].reverse(), [...y].reverse(), {
      direction: 'lower',
      paired: true,
      alpha: 0.05,
      margin: 1,
    });
    expect(reversed).toEqual(comparePair(x, y, { direction: 'lower', paired: true, alpha: 0.05, margin: 1 }));
  });

  test('scaling scores scales differences and nothing else', () => {
    const random = source(6);
    for (const count of [8, 30]) {
      const [x, y] = [lognormal(random, count), lognormal(random, count)];
      for (const factor of [2 ** -900, 2 ** 900]) {
        const there = pairOf(arms(x, y), { ...lower, margin: 1 });
        const scaled = pairOf(arms(...[x, y].map((list) => list.map((score) => score * factor))), {
          ...lower,
          margin: factor,
        });
        for (const name of [
          'test',
          'probabilityBetter',
          'cliffsDelta',
          'effectSize',
          'spread',
          'repeatsNeeded',
        ] as const) {
          expect(scaled[name]).toEqual(there[name]);
        }
        expect(scaled.shift?.shift).toBe((there.shift?.shift ?? 0) * factor);
        expect(scaled.meanTest?.difference).toBe((there.meanTest?.difference ?? 0) * factor);
        expect(scaled.equivalence?.p).toBe(there.equivalence?.p);
        // Random splits are seeded by the bits of the scores.
        expect(Math.abs((scaled.permutation?.p ?? 0) - (there.permutation?.p ?? 1))).toBeLessThan(0.02);
      }
    }
  });
});

describe('by simulation', () => {
  /** How often arms drawn so are called different. */
  function shareBetter(
    count: number,
    trials: number,
    shift: number,
    isCalledDifferent: (x: readonly number[], y: readonly number[]) => boolean,
  ): number {
    const random = source(count);
    let different = 0;
    for (let i = 0; i < trials; i++) {
      if (isCalledDifferent(lognormal(random, count), lognormal(random, count, shift))) different++;
    }
    return different / trials;
  }

  const byVerdict = (paired: boolean) => (x: readonly number[], y: readonly number[]) =>
    pairOf(arms(x, y), { ...lower, paired }).conclusion !== 'undecided';
  const byLeadingTest = (paired: boolean) => (x: readonly number[], y: readonly number[]) =>
    leadingTest(x, y, { direction: 'lower', paired }).p <= 0.05;

  test('the leading test alone decides', () => {
    for (const paired of [false, true]) {
      expect(shareBetter(9, 200, 2, byVerdict(paired))).toBe(shareBetter(9, 200, 2, byLeadingTest(paired)));
    }
  });

  test.each([
    [10, false],
    [10, true],
    [30, false],
    [30, true],
  ])(
    '%d repeats against as many of one skewed distribution (paired: %s) differ in few of 2,000 trials',
    (count, paired) => {
      const share = shareBetter(count, 2000, 0, byLeadingTest(paired));
      expect(share).toBeLessThanOrEqual(0.06);
      expect(share).toBeGreaterThan(0.02);
    },
  );

  test('P = 0.75 is found in 95 of 100 trials with as many repeats as Noether says', () => {
    // Of normal numbers with standard deviation 2, P(X < Y) = Φ(shift / √8) = 0.75 at a shift of 1.9078.
    const repeats = noether(0.75, { twoSided: true }) ?? 0;
    expect(shareBetter(repeats, 500, 1.9078, byLeadingTest(false))).toBeGreaterThan(0.95);
    expect(shareBetter(repeats - 15, 500, 1.9078, byLeadingTest(false))).toBeLessThan(0.9);
  });
});

test('100,000 repeats an arm are compared without resampling', () => {
  const random = source(8);
  const [x, y] = [lognormal(random, 100_000), lognormal(random, 100_000, 0.02)];
  const { warnings, pairs } = compareArms(arms(x, y), lower);
  expect([warnings, pairs[0]?.permutation?.method]).toEqual([[], 'normal']);
});
