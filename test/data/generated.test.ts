import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BlobsOptions, blobs } from '../../src/data/blobs.js';
import { type CirclesOptions, circles } from '../../src/data/circles.js';
import { type Dataset, input } from '../../src/data/dataset.js';
import { type Friedman1Options, friedman1 } from '../../src/data/friedman1.js';
import { type MoonsOptions, moons } from '../../src/data/moons.js';
import { sine } from '../../src/data/sine.js';
import { xor } from '../../src/data/xor.js';
import { cos, sin } from '../../src/kernel/elementary.js';
import { type RandomState, randomState } from '../../src/random/randomState.js';
import { reference } from '../reference.js';

interface Case<Options> {
  seed: number;
  options: Options;
  inputs: string[][];
  outputs: (string | number)[];
}
// scikit-learn 1.2.1, NumPy 1.24.2
const sets = reference<{
  moons: Case<MoonsOptions>[];
  circles: Case<CirclesOptions>[];
  blobs: Case<BlobsOptions>[];
  friedman1: Case<Friedman1Options>[];
}>('data/generated.json');

/** Sines and logarithms differ in the last bits, and inputs are kept to 48. */
function expectNear(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => {
    const wanted = expected[i] as number;
    expect(Math.abs(value - wanted)).toBeLessThanOrEqual(2 ** -46 * Math.max(1, Math.abs(wanted)));
  });
}

function exactInputs(data: Dataset): number[] {
  return Array.from(data.inputs, (_, at) => input(data, at));
}

function expectLike<Options>(
  draw: (random: RandomState, options: Options) => Dataset,
  { seed, options, inputs, outputs }: Case<Options>,
  targetsOf: (outputs: readonly number[]) => number[] = (values) => [...values],
): void {
  const data = draw(randomState(seed), options);
  expect(data).toMatchObject({ rows: inputs.length, features: inputs[0]?.length });
  expectNear(exactInputs(data), inputs.flat().map(Number));
  expectNear([...data.outputs], targetsOf(outputs.map(Number)));
}

describe('scikit-learn’s figures are given by', () => {
  test.each(sets.moons)('moons from seed $seed with $options', (expected) => {
    expectLike(moons, expected);
  });

  test.each(sets.circles)('circles from seed $seed with $options', (expected) => {
    expectLike(circles, expected);
  });

  test.each(sets.blobs)('blobs from seed $seed with $options, their centre one-hot', (expected) => {
    const centers = Array.from({ length: expected.options.centers }, (_, center) => center);
    expectLike(blobs, expected, (classes) =>
      classes.flatMap((each) => centers.map((center) => (center === each ? 1 : 0))),
    );
  });

  test.each(sets.friedman1)('friedman1 from seed $seed with $options', (expected) => {
    expectLike(friedman1, expected);
  });
});

test('xor of four rows without noise is the truth table', () => {
  const { inputs, outputs } = xor(randomState(0), { rows: 4 });
  expect([...inputs]).toEqual([0, 0, 0, 1, 1, 0, 1, 1]);
  expect([...outputs]).toEqual([0, 1, 1, 0]);
});

test('noise moves the inputs of xor around their corners and leaves its targets', () => {
  const rows = 4000;
  const noisy = xor(randomState(1), { rows, noise: 0.1 });
  const plain = xor(randomState(1), { rows });
  expect(noisy.outputs).toEqual(plain.outputs);
  const off = exactInputs(noisy).map((value, at) => value - (plain.inputs[at] as number));
  expect(off.reduce((sum, each) => sum + each * each, 0) / off.length).toBeCloseTo(0.01, 3);
});

test('a sine lies on its curve, and its noise around it', () => {
  const rows = 4000;
  const plain = sine(randomState(2), { rows });
  const noisy = sine(randomState(2), { rows, noise: 0.1 });
  expect(noisy.inputs).toEqual(plain.inputs);
  expect(Math.max(...plain.inputs)).toBeLessThanOrEqual(Math.fround(Math.PI));
  expect(Math.min(...plain.inputs)).toBeLessThan(-3.1);
  expectNear([...plain.outputs], exactInputs(plain).map(Math.sin));
  const off = [...noisy.outputs].map((value, at) => value - (plain.outputs[at] as number));
  expect(off.reduce((sum, each) => sum + each * each, 0) / off.length).toBeCloseTo(0.01, 3);
});

test('the kernel’s float64 sine and cosine are the engine’s to the last bits', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (x) => {
      expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThanOrEqual(2 ** -52);
      expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThanOrEqual(2 ** -52);
    }),
  );
});
