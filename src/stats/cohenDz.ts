import { mean, standardDeviation } from './summary.js';

/**
 * Cohen's d of pairs, d_z (J. Cohen 1988): the mean of their differences over its sample standard deviation; `null` with fewer
 * than two, or where all are equal.
 *
 * @param differences finite
 */
export function cohenDz(differences: readonly number[]): number | null {
  if (differences.length < 2) return null;
  const dz = mean(differences) / standardDeviation(differences);
  return Number.isFinite(dz) ? dz : null;
}
