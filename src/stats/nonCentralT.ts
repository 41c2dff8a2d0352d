import { exp } from '../kernel/elementary.js';
import { normalSurvival } from './normal.js';
import { gammaPower } from './saddlePoint.js';

/** Densities below this add nothing. */
const NOTHING = 1e-60;

/**
 * Survival function of the noncentral t distribution, P(T > t) of T = (Z + δ) / (χ / √ν): the mean of P(Z > t s − δ) over
 * s = χ / √ν, summed over even steps of ln s, which for such functions converges faster than any power of the step. All terms are
 * positive, so that either tail keeps its relative precision down to 1e-40.
 *
 * @param df ν, any number above 0
 * @param noncentrality δ
 */
export function nonCentralTSurvival(t: number, df: number, noncentrality: number): number {
  if (Number.isNaN(t + df + noncentrality)) return Number.NaN;
  const step = Math.min(0.1, 0.35 / Math.sqrt(df + (noncentrality * noncentrality) / 2));
  // Twice xᵃ e⁻ˣ / Γ(a), the density of ln s, times the chance given s.
  const density = (u: number) => 2 * gammaPower(df / 2, (df / 2) * exp(2 * u));
  let sum = 0;
  for (const direction of [-step, step]) {
    for (let i = direction < 0 ? 0 : 1; ; i++) {
      const u = direction * i;
      const weight = density(u);
      if (weight < NOTHING) break;
      sum += weight * normalSurvival(t * exp(u) - noncentrality);
    }
  }
  return Math.min(1, step * sum);
}
