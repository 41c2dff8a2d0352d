import { describe, expect, test } from 'vitest';
import { M2, mrg31k3p } from '../../src/random/mrg31k3p.js';
import { guessStreams, theanoNormal, theanoTruncatedNormal, theanoUniform } from '../../src/random/theanoRandom.js';
import { drawn } from '../drawn.js';
import { floatBits, floatsOf, largestUlps, reference } from '../reference.js';

interface Tensor {
  f32hex: string[];
}
interface UniformEntry {
  seed: number;
  size: number[];
  n_streams: number;
  initial_stream_states_first4: number[][];
  last_stream_state: number[];
  first: Tensor;
  second: Tensor;
}
interface KerasEntry {
  seed: number;
  size: number[];
  'random_uniform(-0.05,0.05)': Tensor;
  'random_normal(0,0.05)': Tensor;
  'random_normal(0,1)': Tensor;
  'truncated_normal(0,0.05)': Tensor;
}

const product = (size: number[]) => size.reduce((a, b) => a * b, 1);

// Theano 0.9.0, MRG_RandomStreams(seed), float32, C code
const uniforms = reference<{ entries: UniformEntry[] }>('random/theano-uniform.json').entries;

describe.each(uniforms)('MRG_RandomStreams($seed) of size $size', (entry) => {
  const count = product(entry.size);
  const streams = () => mrg31k3p(entry.seed, guessStreams(count));

  test('has the streams of Theano', () => {
    const state = streams().state();
    expect(state.length / 6).toBe(entry.n_streams);
    entry.initial_stream_states_first4.forEach((wanted, i) => {
      expect([...state.slice(6 * i, 6 * i + 6)]).toEqual(wanted);
    });
    expect([...state.slice(-6)]).toEqual(entry.last_stream_state);
  });

  test('gives the uniforms of Theano, bit for bit, evaluation after evaluation', () => {
    const generator = streams();
    expect(floatBits(generator.uniform(count))).toEqual(entry.first.f32hex);
    expect(floatBits(generator.clone().uniform(count))).toEqual(entry.second.f32hex);
    expect(floatBits(generator.uniform(count))).toEqual(entry.second.f32hex);
  });
});

// Keras 2.0.3 K.random_* on Theano 0.9.0
const tensors = reference<{ entries: KerasEntry[] }>('random/keras-theano-random.json').entries;

describe.each(tensors)('Keras on Theano, seed $seed, size $size', (entry) => {
  const count = product(entry.size);

  test('random_uniform has the bits of Keras', () => {
    const values = drawn(count, (kernel, at) => theanoUniform(kernel, at, entry.seed, count, -0.05, 0.05));
    expect(floatBits(values)).toEqual(entry['random_uniform(-0.05,0.05)'].f32hex);
  });

  test('random_normal and truncated_normal are within 5 units in the last place', () => {
    const { seed } = entry;
    const ulps = (values: Float32Array, { f32hex }: Tensor) => largestUlps(values, floatsOf(f32hex));
    expect(ulps(theanoNormal(seed, count, 0, 1), entry['random_normal(0,1)'])).toBeLessThanOrEqual(5);
    expect(ulps(theanoNormal(seed, count, 0, 0.05), entry['random_normal(0,0.05)'])).toBeLessThanOrEqual(5);
    expect(ulps(theanoTruncatedNormal(seed, count, 0, 0.05), entry['truncated_normal(0,0.05)'])).toBeLessThanOrEqual(5);
  });
});

test('no tensor has more than 15360 streams', () => {
  expect(guessStreams(10_000_000)).toBe(15360);
});

test.each([0, M2, -1, 1.5])('%d is no seed of MRG31k3p', (seed) => {
  expect(() => mrg31k3p(seed, 1)).toThrow(RangeError);
});
