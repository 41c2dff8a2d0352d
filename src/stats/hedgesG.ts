import { exp, log1p } from '../kernel/elementary.js';
import { stirlingError } from './saddlePoint.js';
import { mean, standardDeviation } from './summary.js';

/**
 * Hedges' g (L. Hedges 1981): the difference of means in pooled sample standard deviations, times the exact
 * J = Γ(ν/2) / (√(ν/2) Γ((ν − 1)/2)), ν = n + m − 2, that takes its bias away; `null` with fewer than two values on a side, or where
 * neither side varies.
 *
 * @param first finite; as `second`
 */
export function hedgesG(first: readonly number[], second: readonly number[]): number | null {
  if (first.length < 2 || second.length < 2) return null;
  const [a, b] = [standardDeviation(first), standardDeviation(second)];
  const larger = Math.max(a, b);
  const [n, m] = [first.length - 1, second.length - 1];
  const [v, w] = [(a / larger) * (a / larger), (b / larger) * (b / larger)];
  const d = (mean(first) - mean(second)) / (larger * Math.sqrt((n * v + m * w) / (n + m)));
  return Number.isFinite(d) ? correction(n + m) * d : null;
}

/** J, by Stirling's formula and what it leaves; df is at least 2. */
function correction(df: number): number {
  const x = (df - 1) / 2;
  return exp((x - 0.5) * log1p(0.5 / x) - 0.5 + stirlingError(x + 0.5) - stirlingError(x));
}
