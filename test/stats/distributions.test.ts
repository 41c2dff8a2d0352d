import { describe, expect, test } from 'vitest';
import { incompleteBeta } from '../../src/stats/beta.js';
import { binomialCdf } from '../../src/stats/binomial.js';
import { chiSquaredSurvival } from '../../src/stats/chiSquared.js';
import { fSurvival } from '../../src/stats/fisherF.js';
import { incompleteGamma, logGamma } from '../../src/stats/gamma.js';
import { normalCdf, normalQuantile, normalSurvival } from '../../src/stats/normal.js';
import { below } from '../../src/stats/randomSource.js';
import { studentTCdf, studentTQuantile } from '../../src/stats/studentT.js';
import { reference } from '../reference.js';

type Row = readonly number[];
type Figures = Readonly<Record<string, readonly Row[]>>;

/** mpmath 1.3.0 with 50 digits. */
const exact = reference<Figures>('distributions.json');

/** Rows of a function's arguments and its value where they differ by more than a part of the value. */
function wrong(rows: readonly Row[] | undefined, tolerance: number, f: (arguments_: number[]) => number): Row[] {
  if (!rows || rows.length === 0) throw new Error('no reference figures');
  return rows
    .map((row) => [...row, f(row.slice(0, -1))])
    .filter((row) => {
      const [wanted, got] = row.slice(-2) as [number, number];
      return !(Math.abs(got - wanted) <= tolerance * (Math.abs(wanted) || 1));
    });
}

const [x, y, z] = [0, 1, 2] as const;
const at = (row: number[], place: number) => row[place] as number;

describe('distribution functions agree with mpmath, far into their lower tails', () => {
  test.each<[name: string, tolerance: number, f: (row: number[]) => number]>([
    ['normalCdf', 5e-15, (row) => normalCdf(at(row, x))],
    ['studentTCdf', 2e-12, (row) => studentTCdf(at(row, x), at(row, y))],
    ['chiSquaredSurvival', 1e-13, (row) => chiSquaredSurvival(at(row, x), at(row, y))],
    ['fSurvival', 2e-13, (row) => fSurvival(at(row, x), at(row, y), at(row, z))],
    ['binomialCdf', 1e-13, (row) => binomialCdf(at(row, x), at(row, y), at(row, z))],
    ['incompleteBeta', 1e-13, (row) => incompleteBeta(at(row, x), at(row, y), at(row, z), 1 - at(row, z))],
  ])('%s, within a part of %d', (name, tolerance, f) => {
    expect(wrong(exact[name], tolerance, f)).toEqual([]);
  });

  test('incompleteGamma, both tails, within a part of 4e-13', () => {
    const rows = exact['incompleteGamma'] ?? [];
    const lower = rows.map(([a = 0, to = 0, value = 0]) => [a, to, value]);
    const upper = rows.map(([a = 0, to = 0, , value = 0]) => [a, to, value]);
    expect(wrong(lower, 4e-13, (row) => incompleteGamma(at(row, x), at(row, y)).lower)).toEqual([]);
    expect(wrong(upper, 4e-13, (row) => incompleteGamma(at(row, x), at(row, y)).upper)).toEqual([]);
  });

  test('logGamma, within 3e-15 or that part', () => {
    const scaled = (exact['logGamma'] ?? []).map(([of = 0, value = 0]) => [of, value, 0]);
    const error = ([of = 0, value = 0]: number[]) => (logGamma(of) - value) / Math.max(1, Math.abs(value));
    expect(wrong(scaled, 3e-15, error)).toEqual([]);
  });
});

describe('quantiles agree with mpmath', () => {
  test('normalQuantile, within a part of 1e-15', () => {
    expect(wrong(exact['normalQuantile'], 1e-15, (row) => normalQuantile(at(row, x)))).toEqual([]);
  });

  test('studentTQuantile, within a part of 1e-12', () => {
    const rows = exact['studentTQuantile']?.filter(([, , value = 0]) => Math.abs(value) < 1e150);
    expect(wrong(rows, 1e-12, (row) => studentTQuantile(at(row, x), at(row, y)))).toEqual([]);
  });
});

describe('at the ends', () => {
  test('quantiles of 0 and 1 are infinite, and of anything else outside not a number', () => {
    for (const quantile of [normalQuantile, (p: number) => studentTQuantile(p, 3)]) {
      expect([0, 1, -0.1, 1.1, Number.NaN].map(quantile)).toEqual([-Infinity, Infinity, NaN, NaN, NaN]);
    }
  });

  test('a quantile of t beyond 1e150 is infinite', () => {
    expect(studentTQuantile(1e-100, 0.5)).toBe(-Infinity);
  });

  test('distribution functions of infinities are 0 and 1, and of no number not a number', () => {
    expect([-Infinity, Infinity, Number.NaN].map(normalCdf)).toEqual([0, 1, NaN]);
    expect([-Infinity, Infinity, Number.NaN].map(normalSurvival)).toEqual([1, 0, NaN]);
    for (const df of [4, 1e6]) {
      expect([-Infinity, Infinity, Number.NaN].map((t) => studentTCdf(t, df))).toEqual([0, 1, NaN]);
    }
    expect([0, Infinity, Number.NaN].map((value) => chiSquaredSurvival(value, 4))).toEqual([1, 0, NaN]);
    expect([0, Infinity, Number.NaN].map((value) => fSurvival(value, 4, 5))).toEqual([1, 0, NaN]);
    expect([-1, 4, 5].map((k) => binomialCdf(k, 4, 0.5))).toEqual([0, 1, 1]);
  });
});

test('an integer below n takes every value below it and no other', () => {
  const draws = [0, 0.249, 0.25, 0.5, 0.75, 1 - 2 ** -53].map((value) => below(() => value, 4));
  expect(draws).toEqual([0, 0, 1, 2, 3, 3]);
});
