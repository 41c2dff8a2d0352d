import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isIdentical, locate } from '../../src/analysis/divergence.js';
import { createVerifier } from '../../src/analysis/verify.js';
import type { Trace } from '../../src/network/tracer.js';
import type { TracedRepeat } from '../../src/run/record.js';

const tensors = [
  { name: 'layers[0].kernel', at: 0, rows: 2, columns: 3 },
  { name: 'layers[0].bias', at: 6, rows: 1, columns: 3 },
  { name: 'layers[1].kernel', at: 9, rows: 3, columns: 1 },
];
const SIZE = 12;

/** A hash that tells these small tensors apart, as XXH64 does. */
function hashOf(values: Float32Array): bigint {
  return [...new Uint32Array(values.slice().buffer)].reduce((hash, bits) => hash * 0x100000001b3n + BigInt(bits), 7n);
}

/** The trace of weights that are given row by row; `stride`: every how many epochs they are kept. */
function traceOf(rows: readonly (readonly number[])[], stride = 1): Trace {
  const weights = rows.map((row) => Float32Array.from(row));
  const kept = rows.map((_, epoch) => epoch).filter((epoch) => epoch % stride === 0 || epoch === rows.length - 1);
  return {
    epochs: rows.length - 1,
    hashed: Uint32Array.from(rows.keys()),
    hashes: BigUint64Array.from(
      weights.flatMap((row) =>
        tensors.map(({ at, rows: n, columns }) => BigInt.asUintN(64, hashOf(row.slice(at, at + n * columns)))),
      ),
    ),
    kept: Uint32Array.from(kept),
    weights: Float32Array.from(kept.flatMap((epoch) => [...(weights[epoch] as Float32Array)])),
  };
}

function repeatOf(rows: readonly (readonly number[])[], stride = 1, score = 0.5): TracedRepeat {
  return { index: 3, score, hash: '0'.repeat(16), trace: traceOf(rows, stride) };
}

const weight = fc.float({ noNaN: true }).map((value) => Math.fround(value));
const someRows = fc.array(fc.array(weight, { minLength: SIZE, maxLength: SIZE }), { minLength: 2, maxLength: 12 });

describe('where two executions part', () => {
  test('is the first epoch, tensor and weight that differ, whatever differs later', () => {
    const cases = someRows.chain((rows) =>
      fc.record({
        rows: fc.constant(rows),
        epoch: fc.nat(rows.length - 1),
        at: fc.nat(SIZE - 1),
        later: fc.array(fc.tuple(fc.nat(rows.length - 1), fc.nat(SIZE - 1)), { maxLength: 5 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ rows, epoch, at, later }) => {
        const changed = rows.map((row) => [...row]);
        const other = (value: number) => (value === 1 ? 2 : 1);
        for (const [e, i] of [[epoch, at] as const, ...later]) {
          if (e > epoch || (e === epoch && i >= at)) (changed[e] as number[])[i] = other(rows[e]?.[i] as number);
        }
        const found = locate(repeatOf(rows), repeatOf(changed), tensors);
        const tensor = tensors.findLast((each) => each.at <= at);
        const wanted = [rows[epoch]?.[at] as number, other(rows[epoch]?.[at] as number)];
        expect(found).toMatchObject({
          repeat: 3,
          epoch,
          agreedUntil: epoch === 0 ? null : epoch - 1,
          tensor: tensor?.name,
          weight: { epoch, tensor: tensor?.name, values: wanted },
        });
        const { row = 0, column = 0 } = found.weight ?? {};
        expect((tensor?.at ?? 0) + row * (tensor?.columns ?? 0) + column).toBe(at);
        expect(found.growth[0]).toMatchObject({ epoch, weights: SIZE });
        expect(found.growth.at(-1)?.epoch).toBe(rows.length - 1);
      }),
    );
  });

  const zeros = (epochs: number) => Array.from({ length: epochs + 1 }, () => new Array<number>(SIZE).fill(0));

  test('is told by hashes where weights are kept only now and then, with the next ones that are', () => {
    const changed = zeros(20);
    for (const row of changed.slice(13)) row[7] = 0.25;
    const found = locate(repeatOf(zeros(20), 5), repeatOf(changed, 5), tensors);
    expect(found).toMatchObject({ epoch: 13, agreedUntil: 12, tensor: 'layers[0].bias' });
    expect(found.weight).toMatchObject({ epoch: 15, tensor: 'layers[0].bias', row: 0, column: 1, values: [0, 0.25] });
    expect(found.growth.map(({ epoch }) => epoch)).toEqual([15, 20]);
  });

  test('grows at distances of 1, 3, 10, 30 … epochs, and to the last', () => {
    const changed = zeros(150);
    for (const [i, row] of changed.slice(20).entries()) row.fill(i + 1, 0, Math.min(SIZE, i + 1));
    const { growth } = locate(repeatOf(zeros(150)), repeatOf(changed), tensors);
    expect(growth.map(({ epoch }) => epoch)).toEqual([20, 21, 23, 30, 50, 120, 150]);
    expect(growth.map(({ differing }) => differing)).toEqual([1, 2, 4, 11, 12, 12, 12]);
    expect(growth.map(({ largest }) => largest.absolute)).toEqual([1, 2, 4, 11, 31, 101, 131]);
  });

  test('is the number of epochs where one stopped earlier and was the same until then', () => {
    const [short, long] = [zeros(4), zeros(6)];
    const found = locate(repeatOf(short), repeatOf(long), tensors);
    expect(found).toMatchObject({ epoch: 5, agreedUntil: 4, epochs: [4, 6], weight: null, growth: [] });
    expect(isIdentical(repeatOf(short), repeatOf(long))).toBe(false);
  });

  test('is the score alone where all weights agree', () => {
    const found = locate(repeatOf(zeros(2), 1, 1), repeatOf(zeros(2), 1, 1 + Number.EPSILON), tensors);
    expect(found).toMatchObject({ epoch: null, tensor: null, weight: null, distance: { ulps: 1 } });
  });

  test('is a repeat, without traces', () => {
    const found = locate({ ...repeatOf(zeros(1)), trace: undefined }, repeatOf(zeros(1), 1, 2), tensors);
    expect(found).toMatchObject({ repeat: 3, scores: [0.5, 2], epoch: null, growth: [] });
  });
});

describe('a verifier', () => {
  const plain = (index: number, score: number, hash = 'a'.repeat(16)): TracedRepeat => {
    return { index, score, hash, trace: undefined };
  };

  test('counts what agrees by bits: NaN with NaN, but not 0 with −0', () => {
    const verifier = createVerifier(undefined);
    verifier.add(plain(0, Number.NaN), plain(0, Number.NaN));
    verifier.add(plain(1, 0), plain(1, -0));
    verifier.add(plain(2, 1), plain(2, 1, 'b'.repeat(16)));
    verifier.add(plain(3, 1), plain(3, 1));
    expect(verifier.result(tensors)).toMatchObject({
      ...{ repeats: 4, identical: 2, identicalScores: 3, within: null, divergence: { repeat: 1 } },
    });
  });

  test('knows the scores that are farthest apart, and how many are within any part of a tolerance', () => {
    const verifier = createVerifier({ absolute: 1e-3, ulps: 1 });
    verifier.add(plain(0, 1e6), plain(0, 1e6 + 2 ** -33));
    verifier.add(plain(1, 0), plain(1, 1e-4));
    verifier.add(plain(2, 5), plain(2, 6));
    verifier.add(plain(3, Number.NaN), plain(3, 7));
    expect(verifier.result(tensors)).toMatchObject({ repeats: 4, within: 2, farthest: { repeat: 3 } });
  });
});
