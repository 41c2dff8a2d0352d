import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactNumber, formatNumber } from '../../src/report/number.js';
import { float64Bits } from '../../src/text/float64Bits.js';

// '%.*g' % (digits, value) of Python 3.11.7, which is C's.
const printed: [value: number, digits: number, text: string][] = [
  [2.75750621228e-5, 12, '2.75750621228e-05'],
  [0.169326527063, 12, '0.169326527063'],
  [8.14587362008e-8, 12, '8.14587362008e-08'],
  [0.0001, 12, '0.0001'],
  [1.234e-5, 3, '1.23e-05'],
  [100000, 5, '1e+05'],
  [100000, 6, '100000'],
  [123456, 5, '1.2346e+05'],
  [999999.5, 6, '1e+06'],
  [0.99999995, 7, '0.9999999'],
  [1, 12, '1'],
  [0, 12, '0'],
  [-0, 12, '-0'],
  [0.1, 17, '0.10000000000000001'],
  [1 / 3, 17, '0.33333333333333331'],
  [1e22, 17, '1e+22'],
  [123456789012, 12, '123456789012'],
  [1234567890123, 12, '1.23456789012e+12'],
  [2.5, 1, '2'],
  [3.5, 1, '4'],
  [0.125, 2, '0.12'],
  [0.375, 2, '0.38'],
  [9.5, 1, '1e+01'],
  [8.5, 1, '8'],
  [-(2 ** -11), 5, '-0.00048828'],
  [2 ** -11, 6, '0.000488281'],
  [9.999995e-5, 6, '0.0001'],
  [1e100, 1, '1e+100'],
  [1e-300, 8, '1e-300'],
  [5e-324, 17, '4.9406564584124654e-324'],
  [Number.MAX_VALUE, 17, '1.7976931348623157e+308'],
];

describe('formatNumber', () => {
  test.each(printed)('writes %d with %d digits as C does: %s', (value, digits, text) => {
    expect(formatNumber(value, digits)).toBe(text);
  });

  test('names what is not finite', () => {
    expect([Infinity, -Infinity, Number.NaN].map((value) => formatNumber(value, 12))).toEqual(['inf', '-inf', 'nan']);
  });

  test('with 17 digits reads back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
        expect(Number(formatNumber(value, 17))).toBe(value);
      }),
    );
  });
});

test('exactNumber is the shortest text that reads back as the same number', () => {
  expect([0.1, 1e21, -0, Infinity, -Infinity, Number.NaN].map(exactNumber)).toEqual(
    ['0.1', '1e+21', '-0', 'inf', '-inf', 'nan'], // as String, but for the last four
  );
  fc.assert(
    fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
      expect(Number(exactNumber(value))).toBe(value);
    }),
  );
});

describe('float64Bits', () => {
  // struct.pack('>d', value).hex() of Python 3.11.7
  test.each([
    [1, '3ff0000000000000'],
    [-0, '8000000000000000'],
    [0.1, '3fb999999999999a'],
    [5e-324, '0000000000000001'],
    [-Infinity, 'fff0000000000000'],
  ])('of %d are %s, big-endian', (value, bits) => {
    expect(float64Bits(value)).toBe(bits);
  });

  test('of every NaN are the same', () => {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, 0xfff8000000000001n);
    expect([Number.NaN, view.getFloat64(0)].map(float64Bits)).toEqual(['7ff8000000000000', '7ff8000000000000']);
  });
});
