import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orthogonalFactor } from '../../src/network/svd.js';
import { normal, permutation, type RandomState, randomState } from '../../src/random/randomState.js';
import { floatBits, reference } from '../reference.js';

/** Of each singular vector the largest component: where it is, and its value. */
interface NumpyFactor {
  rows: number;
  columns: number;
  seed: number;
  largest: number[];
  values: number[];
}
interface KerasRuns {
  seed: number;
  epochs: number;
  rows: number;
  kernels: { shape: [number, number]; f32hex: string[] }[][];
}

function normals(state: RandomState, count: number): Float64Array {
  return Float64Array.from({ length: count }, () => normal(state));
}

/** The columns of a factor or, where there are more columns than rows, its rows. */
function vectorsOf(factor: Float64Array, rows: number, columns: number): Float64Array[] {
  if (rows < columns) return Array.from({ length: rows }, (_, i) => factor.slice(i * columns, (i + 1) * columns));
  return Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => factor[i * columns + j]!),
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** The largest element of |VVᵀ − 1|. */
function deviationFromOrthonormal(vectors: Float64Array[]): number {
  let largest = 0;
  vectors.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const deviation = Math.abs(dot(a, vectors[j]!) - (i === j ? 1 : 0));
      largest = Number.isNaN(deviation) ? Number.POSITIVE_INFINITY : Math.max(largest, deviation);
    }
  });
  return largest;
}

describe('orthogonalFactor', () => {
  // NumPy 1.24.2 on the reference LAPACK and BLAS 3.11.0
  const cases = reference<NumpyFactor[]>('svd.json');
  test.each(cases)(
    'takes the signs of LAPACK: $rows × $columns, seed $seed',
    ({ rows, columns, seed, largest, values }) => {
      const factor = orthogonalFactor(normals(randomState(seed), rows * columns), rows, columns);
      vectorsOf(factor, rows, columns).forEach((vector, i) => {
        expect(Math.abs(vector[largest[i]!]! - values[i]!)).toBeLessThan(1e-12);
      });
    },
  );

  // Keras 2.0.3 on Theano 0.9.0: every repeat builds its network, then shuffles its rows once an epoch
  const keras = reference<Record<string, KerasRuns>>('keras-theano-orthogonal.json');
  test.each(Object.keys(keras))('gives the initial kernels of Keras to the bit: %s', (name) => {
    const { seed, epochs, rows, kernels } = keras[name]!;
    const state = randomState(seed);
    for (const run of kernels) {
      for (const { shape, f32hex } of run) {
        const factor = orthogonalFactor(normals(state, shape[0] * shape[1]), ...shape);
        expect(floatBits(Float32Array.from(factor))).toEqual(f32hex);
      }
      for (let epoch = 0; epoch < epochs; epoch++) permutation(state, rows);
    }
  });

  const shape = fc.record({ rows: fc.integer({ min: 1, max: 40 }), columns: fc.integer({ min: 1, max: 40 }) });
  const element = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.integer({ min: -2, max: 2 }),
    fc.constantFrom(0, -0, 5e-324, 1e-300, 1e-160, 1, 1 + 2 ** -52, 1e160, Number.MAX_VALUE),
  );
  const anyMatrix = shape.chain(({ rows, columns }) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      values: fc
        .array(element, { minLength: rows * columns, maxLength: rows * columns })
        .map((values) => Float64Array.from(values)),
    }),
  );

  test('is orthonormal for any finite matrix', () => {
    fc.assert(
      fc.property(anyMatrix, ({ rows, columns, values }) => {
        const vectors = vectorsOf(orthogonalFactor(values, rows, columns), rows, columns);
        expect(deviationFromOrthonormal(vectors)).toBeLessThan(1e-13);
      }),
      { numRuns: 300 },
    );
  });

  test('is orthonormal for matrices of any rank and size, and makes the other side orthogonal', () => {
    const scales = fc.constantFrom(0, 5e-324, 1e-320, 1e-308, 1e-200, 1e-140, 1, 1e140, 1e200, 1e300);
    fc.assert(
      fc.property(shape, fc.nat(40), fc.nat(1000), scales, ({ rows, columns }, rank, seed, scale) => {
        const state = randomState(seed);
        const [a, b] = [normals(state, rows * rank), normals(state, rank * columns)];
        const product = Float64Array.from({ length: rows * columns }, (_, at) => {
          const [i, j] = [Math.trunc(at / columns), at % columns];
          let sum = 0;
          for (let k = 0; k < rank; k++) sum += a[i * rank + k]! * b[k * columns + j]!;
          return sum;
        });
        const vectors = vectorsOf(
          orthogonalFactor(
            product.map((value) => value * scale),
            rows,
            columns,
          ),
          rows,
          columns,
        );
        expect(deviationFromOrthonormal(vectors)).toBeLessThan(1e-13);
        if (scale < 1e-200) return; // there rounding is what the matrix is made of
        const size = Math.sqrt(dot(product, product));
        // Uᵀ A = S Vᵀ, or A V = U S: orthogonal, the longest first
        const others = vectors.map((vector) =>
          rows < columns
            ? Float64Array.from({ length: rows }, (_, i) => dot(vector, product.slice(i * columns, (i + 1) * columns)))
            : Float64Array.from({ length: columns }, (_, j) =>
                vector.reduce((sum, x, i) => sum + x * product[i * columns + j]!, 0),
              ),
        );
        others.forEach((other, i) => {
          if (i > 0)
            expect(Math.sqrt(dot(other, other))).toBeLessThanOrEqual(
              Math.sqrt(dot(others[i - 1]!, others[i - 1]!)) + 1e-13 * size,
            );
          for (let j = 0; j < i; j++) expect(Math.abs(dot(other, others[j]!))).toBeLessThanOrEqual(1e-13 * size * size);
        });
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    [3, 3],
    [30, 30],
    [40, 30],
    [90, 30],
    [30, 90],
  ])('leaves the zero matrix a unit matrix: %i × %i', (rows, columns) => {
    const factor = orthogonalFactor(new Float64Array(rows * columns), rows, columns);
    expect(factor).toEqual(
      Float64Array.from({ length: rows * columns }, (_, at) =>
        at % (columns + 1) === 0 && at < columns * columns ? 1 : 0,
      ),
    );
  });

  test('does not change what it is given, and refuses what is not finite', () => {
    const values = Float64Array.of(1, 2, 3, 4);
    orthogonalFactor(values, 2, 2);
    expect([...values]).toEqual([1, 2, 3, 4]);
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => orthogonalFactor(Float64Array.of(1, value, 3, 4), 2, 2)).toThrow(RangeError);
  });
});
