import { describe, expect, test } from 'vitest';
import type { Draw } from '../../src/backends/backend.js';
import { sameSeedStream } from '../../src/backends/backend.js';
import { tensorflow } from '../../src/backends/tensorflow.js';
import { theano } from '../../src/backends/theano.js';
import { normal, permutation, randint, randomSample, randomState } from '../../src/random/randomState.js';

const matrix = (count: number): Draw => ({ kind: 'matrix', index: 0, isBias: false, count });
const dropout: Draw = { kind: 'dropout', index: 0 };
const seed = { root: 17, tensorflow: 3 };

describe.each([
  { name: 'theano', backend: theano, lowest: 1, word: 0 },
  { name: 'tensorflow', backend: tensorflow, lowest: 0, word: 4 },
])('$name:', ({ backend, lowest, word }) => {
  test("data, draws, shuffles and the next repeat's draws are one stream of NumPy", () => {
    const stream = backend.open(seed);
    const numpy = randomState(17);
    expect(randomSample(stream.random('data'))).toBe(randomSample(numpy));
    expect([...permutation(stream.random('split'), 6)]).toEqual([...permutation(numpy, 6)]);
    for (let index = 0; index < 3; index++) {
      const repeat = stream.repeat(index, [dropout, matrix(5), dropout]);
      expect(stream.noise(repeat, 0)[word]).toBe(randint(numpy, lowest, 10e6));
      expect([...stream.matrix(repeat, 1)]).toEqual(Array.from({ length: 5 }, () => normal(numpy)));
      expect(stream.noise(repeat, 2)[word]).toBe(randint(numpy, lowest, 10e6));
      expect(repeat.shuffler.next()).toBe(numpy.generator.next());
    }
  });

  test('a stream opened from a state goes on, with the normal that an odd matrix left', () => {
    const stream = backend.open(seed);
    stream.repeat(0, [matrix(5), dropout]);
    const state = stream.state();
    expect(state?.spareNormal).toBeDefined();
    const copies = [backend.open(seed, state), backend.open({ root: 0 }, state)];
    const draws = [dropout, matrix(4)];
    const next = stream.repeat(1, draws);
    for (const copy of copies) {
      const repeat = copy.repeat(1, draws);
      expect([...copy.matrix(repeat, 1)]).toEqual([...stream.matrix(next, 1)]);
      expect(copy.noise(repeat, 0)[word]).toBe(stream.noise(next, 0)[word]);
      expect(repeat.shuffler.state()).toEqual(next.shuffler.state());
    }
  });

  test('with the same seed for every repeat each starts where the data ended', () => {
    const started = backend.open(seed);
    randomSample(started.random('data'));
    const state = started.state();
    const same = sameSeedStream(backend, seed, state);
    const wanted = started.repeat(0, [dropout, matrix(3)]);
    for (const index of [0, 5, 2]) {
      const repeat = same.repeat(index, [dropout, matrix(3)]);
      expect(same.noise(repeat, 0)).toEqual(started.noise(wanted, 0));
      expect(same.matrix(repeat, 1)).toEqual(started.matrix(wanted, 1));
    }
    expect([same.sequential, same.state()]).toEqual([false, undefined]);
  });
});
