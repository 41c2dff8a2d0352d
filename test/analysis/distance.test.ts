import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distance32, distance64 } from '../../src/analysis/distance.js';

const view = new DataView(new ArrayBuffer(8));
const float64 = (bits: bigint) => {
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
};
const float32 = (bits: number) => {
  view.setUint32(0, bits);
  return view.getFloat32(0);
};

describe.each([
  ['float64', distance64, (bits: number) => float64(BigInt(bits)), Number.MIN_VALUE],
  ['float32', distance32, float32, 2 ** -149],
] as const)('%s', (_, distance, numberOf, smallest) => {
  test('neighbours are one unit in the last place apart, whatever their size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7f7ffffe }), fc.integer({ min: 0, max: 1000 }), (bits, steps) => {
        fc.pre(bits + steps < 0x7f800000);
        const [a, b] = [numberOf(bits), numberOf(bits + steps)];
        expect(distance(a, b).ulps).toBe(steps);
        expect(distance(-b, -a).ulps).toBe(steps);
      }),
    );
  });

  test('the zeros are the same place, and the smallest numbers lie on either side of it', () => {
    expect(distance(0, -0)).toEqual({ absolute: 0, relative: 0, ulps: 0 });
    expect(distance(-smallest, smallest).ulps).toBe(2);
    expect(distance(-smallest, smallest).relative).toBe(2);
  });

  test('what is not finite is far from all but itself', () => {
    expect(distance(Number.NaN, Number.NaN)).toEqual({ absolute: 0, relative: 0, ulps: 0 });
    expect(distance(Infinity, Infinity).ulps).toBe(0);
    expect(distance(Number.NaN, 1)).toEqual({ absolute: Infinity, relative: Infinity, ulps: Infinity });
    expect(distance(Infinity, 1)).toMatchObject({ absolute: Infinity, relative: Infinity });
    expect(distance(Infinity, -Infinity)).toMatchObject({ absolute: Infinity, relative: Infinity });
  });

  test('is the same both ways', () => {
    fc.assert(
      fc.property(fc.float(), fc.float(), (a, b) => {
        expect(distance(a, b)).toEqual(distance(b, a));
      }),
    );
  });
});

test('a tenth and the sum that misses it are one unit apart', () => {
  expect(distance64(0.1 + 0.2, 0.3)).toEqual({ absolute: 2 ** -54, relative: 2 ** -54 / (0.1 + 0.2), ulps: 1 });
});
