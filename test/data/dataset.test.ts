import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromDoubles, inlineRows, input, sequence } from '../../src/data/dataset.js';

describe('a sequence', () => {
  test('is i / length, and each window predicts the number behind it', () => {
    const { inputs, outputs, ...shape } = sequence(5, 2);
    expect(shape).toMatchObject({ rows: 3, features: 2, targets: 1 });
    expect([...inputs]).toEqual([0, 1 / 5, 1 / 5, 2 / 5, 2 / 5, 3 / 5].map(Math.fround));
    expect([...outputs]).toEqual([2 / 5, 3 / 5, 4 / 5]);
  });

  test('is i · step where a step is given', () => {
    const { inputs, outputs } = sequence(4, 1, 0.1);
    expect([...inputs]).toEqual([0, 0.1, 0.2].map(Math.fround));
    expect([...outputs]).toEqual([1 * 0.1, 2 * 0.1, 3 * 0.1]);
  });
});

test('rows that are written out stand row by row', () => {
  const data = inlineRows(
    [
      [1, 2],
      [3, 4],
    ],
    [[5], [6]],
  );
  expect(data).toMatchObject({ rows: 2, features: 2, targets: 1 });
  expect([...data.inputs, ...data.outputs]).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a data set stands on memory that threads share', () => {
  const { inputs, remainders, outputs } = sequence(5, 2);
  for (const { buffer } of [inputs, remainders, outputs]) expect(buffer).toBeInstanceOf(SharedArrayBuffer);
});

test('inputs are rounded to float32, and with what that took from them they have 48 bits', () => {
  const real = fc.double({ min: -1e30, max: 1e30, noNaN: true });
  fc.assert(
    fc.property(real, (value) => {
      const data = fromDoubles({ rows: 1, features: 1, targets: 0 }, [value], []);
      expect(data.inputs[0]).toBe(Math.fround(value));
      // Below the smallest float32 there is nothing to keep a remainder in.
      expect(Math.abs(input(data, 0) - value)).toBeLessThanOrEqual(2 ** -47 * Math.abs(value) + 2 ** -149);
    }),
  );
});
