import { mean, standardDeviation } from './summary.js';

/**
 * Pooled sample standard deviation of two samples, √((ν₁ s₁² + ν₂ s₂²) / (ν₁ + ν₂)) with ν one less than their sizes;
 * NaN where neither varies.
 *
 * @param first finite, at least two; as `second`
 */
export function pooledDeviation(first: readonly number[], second: readonly number[]): number {
  const [a, b] = [standardDeviation(first), standardDeviation(second)];
  const larger = Math.max(a, b);
  const [n, m] = [first.length - 1, second.length - 1];
  // Of the larger one, so that no square leaves float64's range.
  const [v, w] = [(a / larger) * (a / larger), (b / larger) * (b / larger)];
  return larger * Math.sqrt((n * v + m * w) / (n + m));
}

/**
 * Cohen's d (J. Cohen 1988): the difference of means in pooled sample standard deviations; `null` with fewer than two values on a
 * side, or where neither side varies.
 *
 * @param first finite; as `second`
 */
export function cohenD(first: readonly number[], second: readonly number[]): number | null {
  if (first.length < 2 || second.length < 2) return null;
  const d = (mean(first) - mean(second)) / pooledDeviation(first, second);
  return Number.isFinite(d) ? d : null;
}
