import { describe, expect, test } from 'vitest';
import { createKernel } from '../../src/kernel/kernel.js';
import { mt19937, mt19937From } from '../../src/random/mt19937.js';
import { philox4x32 } from '../../src/random/philox4x32.js';
import { normal, permutation, randomState, randomStateFrom, snapshot, uniform } from '../../src/random/randomState.js';
import { seedrandomGenerator } from '../../src/random/seedrandom.js';

describe('a snapshot of a RandomState', () => {
  test.each([0, 1, 2, 3])('after %i normals gives the normals that follow, the spare one first', (count) => {
    const state = randomState(9);
    for (let i = 0; i < count; i++) normal(state);
    const taken = snapshot(state);
    expect(taken.spareNormal !== undefined).toBe(count % 2 === 1);
    const copy = randomStateFrom(taken);
    const draws = (from: typeof state) => Array.from({ length: 7 }, () => normal(from, 2, 3));
    const wanted = draws(state);
    expect(draws(copy)).toEqual(wanted);
    expect(draws(randomStateFrom(taken))).toEqual(wanted); // the snapshot is left as it was
  });

  test.each([1, 623, 624, 625, 1300])('after %i words gives the words that follow', (count) => {
    const state = randomState(9);
    for (let i = 0; i < count; i++) state.generator.next();
    const copy = randomStateFrom(snapshot(state));
    expect(Array.from({ length: 700 }, () => copy.generator.next())).toEqual(
      Array.from({ length: 700 }, () => state.generator.next()),
    );
  });
});

test('a uniform lies between its bounds, and a spare normal is left alone by it', () => {
  const state = randomState(4);
  normal(state);
  const { spareNormal } = state;
  for (let i = 0; i < 100; i++) {
    const value = uniform(state, -3, -2);
    expect(value).toBeGreaterThanOrEqual(-3);
    expect(value).toBeLessThan(-2);
  }
  expect(normal(state)).toBe(spareNormal);
});

describe.each([
  { name: 'MT19937', open: (seed: number) => mt19937(seed) },
  { name: 'Philox', open: (seed: number) => philox4x32([seed, 1], [0, 0, 2, 3]) },
])('$name', ({ open }) => {
  test('takes turns with another in one kernel, and is read between its shuffles, as if it were alone', () => {
    const kernel = createKernel();
    const { exports } = kernel;
    const n = 40;
    const at = exports.allocate(4 * n + 16);
    const orders = exports.allocate(16 * n);
    const generators = [open(1), open(2)];
    const plain = [open(1), open(2)];
    for (let turn = 0; turn < 40; turn++) {
      const which = (turn * turn) % 3 === 0 ? 0 : 1;
      const generator = generators[which]!;
      generator.drawShuffles(kernel, at, n, 1);
      exports.orderNaturally(orders, n, 1);
      exports.applyShuffles(orders, n, at, 0);
      const order = kernel.words(orders, 4 * n).filter((_, i) => i % 4 === 0);
      expect(order).toEqual(permutation({ generator: plain[which]!, spareNormal: undefined }, n));
      if (turn % 4 === 0) expect(generator.next()).toBe(plain[which]!.next());
      if (turn % 5 === 0) generators[which] = generator.clone();
      expect(generator.state().position).toBe(plain[which]!.state().position);
    }
  });
});

test('a state taken while a generator stands in a kernel is all there is to it', () => {
  const kernel = createKernel();
  const at = kernel.exports.allocate(1024);
  const generator = mt19937(8);
  generator.drawShuffles(kernel, at, 50, 3);
  const copy = mt19937From(generator.state());
  mt19937(5).drawShuffles(kernel, at, 50, 3);
  expect(Array.from({ length: 1300 }, () => copy.next())).toEqual(Array.from({ length: 1300 }, () => generator.next()));
});

describe("npm's seedrandom", () => {
  test('gives the numbers of its documentation (seedrandom 3.0.5)', () => {
    const generator = seedrandomGenerator('hello.');
    expect([generator.next(), generator.next()]).toEqual([0.9282578795792454, 0.3752569768646784]);
  });

  test('takes a number and its digits for different seeds', () => {
    expect(seedrandomGenerator(1).nextWord()).not.toBe(seedrandomGenerator('1').nextWord());
  });

  test('is cloned with all its state, and its words are 32 bits', () => {
    const generator = seedrandomGenerator(-2.5);
    for (let i = 0; i < 300; i++) generator.nextWord();
    const copy = generator.clone();
    expect(copy.state()).toEqual(generator.state());
    const words = Array.from({ length: 400 }, () => copy.nextWord());
    expect(Array.from({ length: 400 }, () => generator.nextWord())).toEqual(words);
    expect(words.every((word) => Number.isInteger(word) && word >= 0 && word < 2 ** 32)).toBe(true);
    expect(words.some((word) => word >= 2 ** 31)).toBe(true);
  });
});
