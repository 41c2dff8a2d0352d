import { exp } from '../kernel/elementary.js';
import { normalCdf } from './normal.js';
import { threshold } from './threshold.js';

const INVERSE_SQRT_2_PI = 0.3989422804014327; // 1 / √(2π)

/** As far from where the integrand is largest, which is between 0 and q / 2, it adds nothing. */
const REACH = 12;

/** A range beyond which float64 has nothing left of the tail. */
const NOTHING = 60;

/**
 * Survival function of the range of k standard normal values, P(Q > q): the studentized range with infinite degrees of freedom
 * (J. Tukey 1953). Of the largest value z the others lie between z − q and z unless the range is larger, and
 * k ∫ φ(z) (Φ(z)^(k − 1) − (Φ(z) − Φ(z − q))^(k − 1)) dz is summed over even steps, which for such functions converges faster than
 * any power of the step.
 *
 * @param k at least 2
 */
export function studentizedRangeSurvival(q: number, k: number): number {
  if (Number.isNaN(q)) return q;
  if (q <= 0) return 1;
  if (q > NOTHING) return 0;
  const step = 0.5 / Math.sqrt(k);
  let sum = 0;
  for (let z = -REACH; z <= REACH + q / 2; z += step) {
    const [all, below] = [normalCdf(z), normalCdf(z - q)];
    const inside = all - below;
    // allᵏ⁻¹ − insideᵏ⁻¹, as `below` times positive terms.
    let difference = 0;
    let power = 1;
    for (let i = 1; i < k; i++) {
      difference = difference * inside + power;
      power *= all;
    }
    sum += exp(-0.5 * z * z) * below * difference;
  }
  return Math.min(1, k * step * INVERSE_SQRT_2_PI * sum);
}

/** Quantile of the range of k standard normal values, the q of which P(Q ≤ q) = p; 0 ≤ p ≤ 1, k at least 2. */
export function studentizedRangeQuantile(p: number, k: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? 0 : p === 1 ? Infinity : Number.NaN;
  return threshold((q) => studentizedRangeSurvival(q, k) <= 1 - p, 0);
}
