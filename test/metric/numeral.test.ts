import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lonelyNumeral, numeralAt } from '../../src/metric/numeral.js';

const NONE = Symbol('none');
const value = (text: string) => {
  const numeral = numeralAt(text, 0);
  return numeral ? numeral.value : NONE;
};

describe('a number', () => {
  test.each([
    ['1', 1],
    ['-0', -0],
    ['+2.50', 2.5],
    ['.5', 0.5],
    ['5.', 5],
    ['-.5e-3', -0.0005],
    ['1E+2', 100],
    ['1e400', Number.POSITIVE_INFINITY],
    ['0.1000000000000000055511151231257827', 0.1],
    ['nan', Number.NaN],
    ['-NaN', Number.NaN],
    ['INF', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
  ])('%s is what Number makes of it', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  test.each([
    ['93.1%', 93.1],
    ['12ms', 12],
    ['5eV', 5],
    ['0.5, acc', 0.5],
    ['0.5,', 0.5],
    ['5. Done', 5],
    ['0.5]', 0.5],
    ['0.5±0.1', 0.5],
    ['0.5 - 0.7', 0.5],
    ['nan,', Number.NaN],
  ])('ends where %s ends it', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  test.each([
    ['1,234'],
    ['0,5'],
    ['12,345.6'],
    ["1'000"],
    ['1_000'],
    ['1\u202f234'],
    ['1.2.3'],
    ['2024-01-02'],
    ['12:30'],
    ['3/10'],
    ['1+2j'],
    ['0x1f'],
    ['0xff'],
    ['0b11'],
    ['3f9a2'],
    ['1e-'],
    ['info'],
    ['nano'],
    ['infinite'],
    ['e5'],
    ['.'],
    ['-'],
    ['n/a'],
    [''],
  ])('is not guessed from %j', (text) => {
    expect(value(text)).toBe(NONE);
  });

  test('comes back from its text with the same bits, behind and before other text', () => {
    fc.assert(
      fc.property(fc.double(), fc.constantFrom('', ' ', '%', ',', '\t', ')', ' 7'), (number, rest) => {
        expect(numeralAt(`x=${number}${rest}`, 2)?.value).toBe(Object.is(number, -0) ? 0 : number);
      }),
    );
  });

  test('is found in time proportional to its digits', () => {
    expect(value(`${'1'.repeat(1 << 22)},2`)).toBe(NONE);
  });

  test('alone is one with a sign or a short unit behind it and nothing else', () => {
    expect(
      ['0.5', '93 %', '93%', '12ms', '0.5;', '3 ', '7abcdef', '5 apples', '1 2', '0.5 %%'].map(lonelyNumeral),
    ).toEqual([0.5, 93, 93, 12, 0.5, undefined, undefined, undefined, undefined, undefined]);
  });
});
