import { expect } from 'vitest';

/** Agreement within a part of the wanted number, 4 units in the last place unless told otherwise: a sum may have another order. */
export function expectNear(got: number, wanted: number, part = 4 * Number.EPSILON): void {
  expect(Math.abs(got - wanted), `${got} for ${wanted}`).toBeLessThanOrEqual(part * Math.abs(wanted));
}
