import { normalQuantile } from './normal.js';

export interface NoetherOptions {
  /** Chance of a difference that is none; 0.05 by default. */
  readonly alpha?: number;
  /** Chance of missing one that is there; 0.05 by default. */
  readonly beta?: number;
  /** Whether the test looks for a difference either way; one-sided by default, as in Bouthillier et al. 2021. */
  readonly twoSided?: boolean;
}

function quantiles({ alpha = 0.05, beta = 0.05, twoSided = false }: NoetherOptions): number {
  return normalQuantile(1 - (twoSided ? alpha / 2 : alpha)) + normalQuantile(1 - beta);
}

/** A number rounded up; `null` where that is not whole and exact. */
export function countable(number: number): number | null {
  const whole = Math.ceil(number);
  return Number.isSafeInteger(whole) ? whole : null;
}

/**
 * How many values on each side the Mann-Whitney test needs (G. Noether 1987): (z₁₋α + z₁₋β)² / (6 (½ − γ)²), rounded up, with
 * α / 2 for a two-sided one. 29 for γ = 0.75, as X. Bouthillier et al. (2021) recommend. `null` for γ = ½, which no number tells,
 * and where it leaves the whole numbers of float64.
 *
 * @param gamma probability of superiority that is to be found, 0 … 1
 */
export function noether(gamma: number, options: NoetherOptions = {}): number | null {
  if (gamma === 0.5) return null;
  const z = quantiles(options);
  return countable((z * z) / (6 * (0.5 - gamma) * (0.5 - gamma)));
}

/**
 * How many differences, none of them 0, the Wilcoxon signed-rank test needs (G. Noether 1987): (z₁₋α + z₁₋β)² / (3 (½ − γ)²), rounded
 * up; `null` for γ = ½, and where it leaves the whole numbers of float64.
 *
 * @param gamma probability that is to be found of the sum of two differences being positive, 0 … 1: the share of the ranks that
 * positive ones have
 */
export function noetherPaired(gamma: number, options: NoetherOptions = {}): number | null {
  if (gamma === 0.5) return null;
  const z = quantiles(options);
  return countable((z * z) / (3 * (0.5 - gamma) * (0.5 - gamma)));
}
