import { ReproError } from '../errors.js';
import type { Distance } from './distance.js';

/** How far apart two scores may be: within any one of these. */
export type Tolerance = Partial<Distance>;

const KEYS: Readonly<Record<string, keyof Distance>> = { abs: 'absolute', rel: 'relative', ulp: 'ulps' };

/**
 * Reads `abs=1e-9,rel=1e-6,ulp=4`, or some of these.
 *
 * @throws ReproError for anything else
 */
export function parseTolerance(text: string): Tolerance {
  const parts = text.split(',').map((part): [keyof Distance | undefined, number] => {
    const [, key = '', value] = /^\s*(abs|rel|ulp)=(\d[\d.]*(?:e[+-]?\d+)?)\s*$/i.exec(part) ?? [];
    return [KEYS[key], Number(value)];
  });
  if (parts.some(([key, value]) => key === undefined || !Number.isFinite(value))) {
    throw new ReproError(`--tolerance must be like abs=1e-9,rel=1e-6,ulp=4, got "${text}"`);
  }
  return Object.fromEntries(parts);
}

/** Whether two scores are as near as a tolerance allows; the same number always is. */
export function isWithin({ absolute, relative, ulps }: Distance, tolerance: Tolerance): boolean {
  return (
    ulps === 0 ||
    absolute <= (tolerance.absolute ?? -1) ||
    relative <= (tolerance.relative ?? -1) ||
    ulps <= (tolerance.ulps ?? -1)
  );
}
