import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangesWithout } from '../../src/run/rangesWithout.js';

test('ranges hold every index below the end that is not known, once and in order, in as few ranges as can be', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 40 })), fc.nat({ max: 35 }), (indices, end) => {
      const known = new Set(indices);
      const ranges = rangesWithout(known, end);
      const covered = ranges.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i));
      const missing = Array.from({ length: end }, (_, index) => index).filter((index) => !known.has(index));
      expect(covered).toEqual(missing);
      expect(ranges.every(([from, to]) => from < to)).toBe(true);
      // Between two of them something is known.
      expect(ranges.slice(1).every(([from], i) => from > (ranges[i]?.[1] as number))).toBe(true);
    }),
  );
});

test.each<[known: number[], end: number, ranges: [number, number][]]>([
  [[], 5, [[0, 5]]],
  [[], 0, []],
  [[0, 1, 2], 3, []],
  [
    [9, 2],
    5,
    [
      [0, 2],
      [3, 5],
    ],
  ],
  [[4], 5, [[0, 4]]],
])('%j below %d leaves %j', (known, end, ranges) => {
  expect(rangesWithout(new Set(known), end)).toEqual(ranges);
});
