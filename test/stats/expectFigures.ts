import { expect } from 'vitest';

/** Expects every figure within a part of the one wanted, or within that of 1 where 0 is wanted. */
export function expectFigures(got: object | null, wanted: object, part = 1e-11): void {
  const missing = Object.entries(wanted).flatMap(([name, value]) => {
    const figure = (got as Record<string, unknown> | null)?.[name];
    if (typeof value !== 'number' || typeof figure !== 'number')
      return figure === value ? [] : [{ name, figure, value }];
    return Math.abs(figure - value) <= part * (Math.abs(value) || 1) ? [] : [{ name, figure, value }];
  });
  expect(missing).toEqual([]);
}
