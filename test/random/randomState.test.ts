import { describe, expect, test } from 'vitest';
import { normal, permutation, randint, randomSample, randomState, shuffle } from '../../src/random/randomState.js';
import { reference } from '../reference.js';

// NumPy 1.24.2, legacy RandomState(seed)
type Draws = Record<string, number[]> & { normal: string[]; random_sample: string[] };
const numpy = reference<Record<string, Draws>>('random/numpy.json');

describe.each(['0', '1', '42', '4294967295'])('RandomState(%s)', (seed) => {
  const expected = numpy[`seed_${seed}`] as Draws;
  const fresh = () => randomState(Number(seed));
  const times = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);

  test('gives the words of NumPy', () => {
    const { generator } = fresh();
    const words = expected['raw_uint32'] as number[];
    expect(times(words.length, () => generator.next())).toEqual(words);
  });

  test('randint gives the integers of NumPy', () => {
    for (const [name, low] of [
      ['randint(1,10e6)', 1],
      ['randint(10e6)', 0],
    ] as const) {
      const state = fresh();
      const integers = expected[name] as number[];
      expect(times(integers.length, () => randint(state, low, 10e6))).toEqual(integers);
    }
  });

  test('random_sample and normal give the doubles of NumPy', () => {
    const uniforms = expected.random_sample.map(Number);
    const normals = expected.normal.map(Number);
    const [one, two] = [fresh(), fresh()];
    expect(times(uniforms.length, () => randomSample(one))).toEqual(uniforms);
    times(normals.length, () => normal(two)).forEach((value, i) => {
      const wanted = normals[i] as number;
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(2 ** -50 * Math.abs(wanted)); // logarithms differ in the last bit
    });
  });

  test('shuffle and permutation give the orders of NumPy', () => {
    const state = fresh();
    const order = Uint32Array.from({ length: 9 }, (_, i) => i);
    for (const wanted of expected['shuffle(arange(9)) in place, repeated 5x'] as unknown as number[][]) {
      shuffle(state, order);
      expect([...order]).toEqual(wanted);
    }
    expect([...permutation(fresh(), 9)]).toEqual(expected['permutation(9)']);
  });

  test('draws of both kinds come from one stream', () => {
    const state = fresh();
    const wanted = expected['interleaved randint(1,10e6) then shuffle(arange(9)) x3'] as unknown as [
      number,
      number[],
    ][];
    for (const [integer, order] of wanted) {
      expect(randint(state, 1, 10e6)).toBe(integer);
      expect([...permutation(state, 9)]).toEqual(order);
    }
  });
});

/** Fisher–Yates word by word, as it is written in NumPy's source. */
function plainShuffle(state: ReturnType<typeof randomState>, indices: Uint32Array): void {
  for (let i = indices.length - 1; i > 0; i--) {
    const j = randint(state, 0, i + 1);
    [indices[i], indices[j]] = [indices[j] as number, indices[i] as number];
  }
}

test.each([1, 2, 3, 31, 32, 33, 34, 64, 65, 100, 1000])('a shuffle of %i is the plain Fisher–Yates', (n) => {
  const [fast, plain] = [randomState(7), randomState(7)];
  const [a, b] = [permutation(fast, n), Uint32Array.from({ length: n }, (_, i) => i)];
  plainShuffle(plain, b);
  for (let time = 0; time < 5; time++) {
    shuffle(fast, a);
    plainShuffle(plain, b);
  }
  expect(a).toEqual(b);
  expect(fast.generator.next()).toBe(plain.generator.next());
});

test('a clone gives the words of its original and leaves it alone', () => {
  const { generator } = randomState(3);
  for (let i = 0; i < 700; i++) generator.next();
  const copy = generator.clone();
  const words = Array.from({ length: 1000 }, () => copy.next());
  expect(Array.from({ length: 1000 }, () => generator.next())).toEqual(words);
});
