import { expect, test } from 'vitest';
import { philox4x32 } from '../../src/random/philox4x32.js';
import {
  DEFAULT_GRAPH_SEED,
  tensorflowNormal,
  tensorflowTruncatedNormal,
  tensorflowUniform,
} from '../../src/random/tensorflowRandom.js';
import { drawn } from '../drawn.js';
import { floatBits, reference } from '../reference.js';

interface Article {
  philox_known_answers: { key: string[]; counter: string[]; out: string[] }[];
  repeats: { operation_seeds: [number, number]; kernel1_f32hex: string[]; kernel2_f32hex: string[] }[];
}

// Random123's known answers, and the article's weights on TensorFlow 1.x
const article = reference<Article>('keras-tensorflow-article.json');
const words = (hex: string[]) => hex.map((word) => Number.parseInt(word, 16));

test.each(article.philox_known_answers)(
  'Philox 4x32-10 gives the known answer for key $key',
  ({ key, counter, out }) => {
    const [k0 = 0, k1 = 0] = words(key);
    const [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = words(counter);
    const generator = philox4x32([k0, k1], [c0, c1, c2, c3]);
    expect(out.map(() => generator.next())).toEqual(words(out));
  },
);

test('uniform initial weights have the bits of TensorFlow 1.x', () => {
  const limit = Math.sqrt(6 / 11);
  for (const { operation_seeds, kernel1_f32hex, kernel2_f32hex } of article.repeats) {
    const draw = (operation: number) =>
      floatBits(drawn(10, (kernel, at) => tensorflowUniform(kernel, at, { graph: 2, operation }, 10, -limit, limit)));
    expect(draw(operation_seeds[0])).toEqual(kernel1_f32hex);
    expect(draw(operation_seeds[1])).toEqual(kernel2_f32hex);
  }
});

test('two zero seeds are not the seeds zero', () => {
  const draw = (operation: number) =>
    drawn(4, (kernel, at) => tensorflowUniform(kernel, at, { graph: 0, operation }, 4, 0, 1));
  expect(draw(0)).toEqual(draw(2147483647));
});

test('normals have the moments of a normal, truncated ones stay within two deviations', () => {
  const seeds = { graph: DEFAULT_GRAPH_SEED, operation: 5 };
  const normals = tensorflowNormal(seeds, 100_001, 1, 2);
  const truncated = tensorflowTruncatedNormal(seeds, 100_001, 1, 2);
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = (values: Float32Array) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
  expect(mean(normals)).toBeCloseTo(1, 1);
  expect(Math.abs(mean(truncated) - 1)).toBeLessThan(0.03);
  expect(truncated.every((value) => Math.abs(value - 1) <= 4)).toBe(true);
  expect(spread(normals.slice(0, 2000))).toBeCloseTo(2, 0);
  expect(Math.abs(spread(truncated.slice(0, 2000)) - 1.76)).toBeLessThan(0.1); // 2 · 0.8796, a normal cut at two deviations
});
