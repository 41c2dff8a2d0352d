import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Dataset, fromDoubles, input } from '../../src/data/dataset.js';
import { standardize } from '../../src/data/standardize.js';
import { reference } from '../reference.js';

interface Case {
  fitRows: number;
  standardized: string[][];
}
// scikit-learn 1.2.1's StandardScaler: years with and without fractions, small, constant, large and huge columns
const { inputs, cases } = reference<{ inputs: string[][]; cases: Case[] }>('data/standardize.json');

function datasetOf(rows: readonly (readonly number[])[]): Dataset {
  return fromDoubles({ rows: rows.length, features: rows[0]?.length ?? 0, targets: 0 }, rows.flat(), []);
}

test.each(cases)(
  'features are standardized over $fitRows rows as scikit-learn standardizes them, and rounded once',
  (expected) => {
    const data = standardize(datasetOf(inputs.map((row) => row.map(Number))), expected.fitRows);
    const wanted = expected.standardized.flat().map(Number);
    expect(data.inputs.length).toBe(wanted.length);
    data.inputs.forEach((value, at) => {
      const exact = wanted[at] as number;
      // Half a unit of float32's last place, and what 48 bits of 1,000,000 ± 1 leave.
      expect(Math.abs(value - exact)).toBeLessThanOrEqual(
        2 ** -24 * Math.abs(exact) + 1e-8 * Math.max(1, Math.abs(exact)),
      );
    });
  },
);

test('standardized features have mean 0 and deviation 1 over the rows that they are fitted to', () => {
  const row = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1950, max: 2050 }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 50 }), fc.nat(10), (rows, more) => {
      const fitted = rows.length;
      const data = standardize(datasetOf([...rows, ...rows.slice(0, more)]), fitted);
      for (const feature of [0, 1]) {
        const column = rows.map((_, at) => input(data, 2 * at + feature));
        const mean = column.reduce((sum, value) => sum + value, 0) / fitted;
        const variance = column.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / fitted;
        const constant = new Set(rows.map((each) => each[feature])).size === 1;
        expect(Math.abs(mean)).toBeLessThan(1e-10);
        expect(Math.abs(variance - (constant ? 0 : 1))).toBeLessThan(1e-10);
      }
    }),
  );
});

test('one-hot features and those that are not chosen are left as they are', () => {
  const rows = [
    [0, 1, 0.1],
    [4, 0, 0.3],
  ];
  const data: Dataset = { ...datasetOf(rows), oneHotFeatures: [1] };
  expect([...standardize(data, 2).inputs]).toEqual([-1, 1, -1, 1, 0, 1]);
  expect([...standardize(data, 2, [0, 1]).inputs]).toEqual([-1, 1, 0.1, 1, 0, 0.3].map(Math.fround));
  expect([...data.inputs]).toEqual(rows.flat().map(Math.fround));
});
