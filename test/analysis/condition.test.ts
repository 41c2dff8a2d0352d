import { describe, expect, test } from 'vitest';
import { holdAgainst, parseCondition } from '../../src/analysis/condition.js';
import { summarize } from '../../src/analysis/summarize.js';
import { isWithin, parseTolerance } from '../../src/analysis/tolerance.js';

const summary = summarize([1, 2, 3, 4, Number.NaN]);

describe('a condition', () => {
  test.each([
    ['mean<=2.5', true],
    ['mean<2.5', false],
    ['mean >= 2.5', true],
    ['mean>2.5', false],
    ['median==2.5', true],
    ['median!=2.5', false],
    ['max:le:4', true],
    ['max:lt:4', false],
    ['min:ge:1', true],
    ['min:gt:1', false],
    ['q1:eq:1.75', true],
    ['q3:ne:3.25', false],
    ['diverged==1', true],
    ['repeats:ge:6', false],
    ['sd<1.3', true],
    ['mean<=1e3', true],
    ['mean>-Infinity', true],
  ])('%s is %s of 1, 2, 3, 4 and one that diverged', (text, met) => {
    expect(holdAgainst(parseCondition(text), summary).met).toBe(met);
  });

  test('on a figure that there is not is never met, in whatever direction', () => {
    for (const text of ['sd<1', 'sd>=0', 'sd!=5']) {
      expect(holdAgainst(parseCondition(text), summarize([1]))).toEqual({ met: false, value: null });
    }
  });

  test.each([
    ['mean', "must be like 'mean<=0.05' or mean:le:0.05"],
    ['mean=0.5', 'must be like'],
    ['mean<=', 'must be like'],
    ['mean<=x', 'must be like'],
    ['mean:le:', 'must be like'],
    ['mean:xx:1', 'must be like'],
    ['', 'must be like'],
    ['meen<=1', 'there is no figure "meen", did you mean "mean"?'],
    ['toString<=1', 'there is no figure "toString"'],
  ])('%s is none', (text, message) => {
    expect(() => parseCondition(text)).toThrow(message);
  });
});

describe('a tolerance', () => {
  test('is met by any of its parts', () => {
    const tolerance = parseTolerance('abs=1e-9, rel=1e-6,ulp=4');
    expect(tolerance).toEqual({ absolute: 1e-9, relative: 1e-6, ulps: 4 });
    const far = { absolute: 1, relative: 1, ulps: 100 };
    expect(isWithin(far, tolerance)).toBe(false);
    expect(isWithin({ ...far, absolute: 1e-9 }, tolerance)).toBe(true);
    expect(isWithin({ ...far, relative: 1e-6 }, tolerance)).toBe(true);
    expect(isWithin({ ...far, ulps: 4 }, tolerance)).toBe(true);
    expect(isWithin({ ...far, ulps: 4 }, parseTolerance('abs=0'))).toBe(false);
  });

  test.each(['', 'abs', 'abs=', 'abs=x', 'abs=-1', 'abs=1e999', 'foo=1', 'abs=1,,rel=1', 'abs=Infinity', 'abs=1=2'])(
    'is not "%s"',
    (text) => {
      expect(() => parseTolerance(text)).toThrow('--tolerance must be like abs=1e-9,rel=1e-6,ulp=4');
    },
  );
});
