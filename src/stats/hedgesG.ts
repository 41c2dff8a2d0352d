import { exp, log1p } from '../kernel/elementary.js';
import { cohenD } from './cohenD.js';
import { stirlingError } from './saddlePoint.js';

/**
 * Hedges' g (L. Hedges 1981): Cohen's d times the J that takes its bias away; `null` with fewer than two values on a side, or where
 * neither side varies.
 *
 * @param first finite; as `second`
 */
export function hedgesG(first: readonly number[], second: readonly number[]): number | null {
  const d = cohenD(first, second);
  return d === null ? null : hedgesCorrection(first.length + second.length - 2) * d;
}

/**
 * Hedges' exact correction J = Γ(ν/2) / (√(ν/2) Γ((ν − 1)/2)), by Stirling's formula and what it leaves.
 *
 * @param df ν, at least 2
 */
export function hedgesCorrection(df: number): number {
  const x = (df - 1) / 2;
  return exp((x - 0.5) * log1p(0.5 / x) - 0.5 + stirlingError(x + 0.5) - stirlingError(x));
}

/** Hedges' approximate correction 1 − 3 / (4ν − 1), what most programs take for J; `df` as above. */
export function approximateHedgesCorrection(df: number): number {
  return 1 - 3 / (4 * df - 1);
}
