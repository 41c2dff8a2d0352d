import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromDoubles } from '../../src/data/dataset.js';
import { splitRows } from '../../src/data/split.js';
import { randomState } from '../../src/random/randomState.js';
import { reference } from '../reference.js';

interface Case {
  seed: number;
  rows: number;
  testFraction: number;
  train: number[];
  test: number[];
  testRows: number;
}
// scikit-learn 1.2.1, NumPy 1.24.2: the first 20 rows of each part at most, where there are 1,000
const { splits } = reference<{ splits: Case[] }>('data/split.json');

/** Rows that say their number in each of two features and the target, from a file whose second line is the first of them. */
function numbered(rows: number) {
  const numbers = Array.from({ length: rows }, (_, row) => row);
  return {
    ...fromDoubles(
      { rows, features: 2, targets: 1 },
      numbers.flatMap((row) => [row, row + 0.1]),
      numbers,
    ),
    oneHotFeatures: [1],
    source: {
      file: 'data/houses.csv',
      lines: Uint32Array.from(numbers, (row) => row + 2),
      featureNames: ['a', 'b'],
      targetNames: ['price'],
    },
  };
}

test.each(splits)('$rows rows are split by $testFraction from seed $seed as scikit-learn splits them', (expected) => {
  const { rows } = expected;
  const { data, testRows } = splitRows(randomState(expected.seed), numbered(rows), expected.testFraction);
  expect(testRows).toBe(expected.testRows);
  const order = [...data.outputs];
  const trainRows = rows - testRows;
  expect(order.slice(0, trainRows).slice(0, expected.train.length)).toEqual(expected.train);
  expect(order.slice(trainRows).slice(0, expected.test.length)).toEqual(expected.test);
});

test('a split is a permutation of whole rows and their lines', () => {
  fc.assert(
    fc.property(
      fc.nat(2 ** 32 - 1),
      fc.integer({ min: 2, max: 200 }),
      fc.double({ min: 0.001, max: 0.5, noNaN: true }),
      (seed, rows, fraction) => {
        const original = numbered(rows);
        const { data, testRows } = splitRows(randomState(seed), original, fraction);
        expect(testRows).toBe(Math.ceil(fraction * rows));
        const order = [...data.outputs];
        expect(order.toSorted((a, b) => a - b)).toEqual([...original.outputs]);
        expect([...data.inputs]).toEqual(order.flatMap((row) => [row, Math.fround(row + 0.1)]));
        expect([...data.remainders]).toEqual(order.flatMap((row) => [0, original.remainders[2 * row + 1]]));
        expect(data.oneHotFeatures).toEqual([1]);
        expect(data.source).toEqual({ ...original.source, lines: Uint32Array.from(order, (row) => row + 2) });
      },
    ),
  );
});

test('a large fraction of few rows leaves none to train on', () => {
  expect(splitRows(randomState(0), numbered(10), 0.95).testRows).toBe(10);
});
