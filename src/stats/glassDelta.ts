import { mean, standardDeviation } from './summary.js';

/**
 * Glass' Δ (G. Glass 1976): the difference of means in sample standard deviations of the second, which is the control; `null` where
 * that has fewer than two values, or does not vary.
 *
 * @param first finite, at least one; as `second`
 */
export function glassDelta(first: readonly number[], second: readonly number[]): number | null {
  if (second.length < 2) return null;
  const delta = (mean(first) - mean(second)) / standardDeviation(second);
  return Number.isFinite(delta) ? delta : null;
}
