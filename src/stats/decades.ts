import { log10 } from '../kernel/elementary.js';

/**
 * How many powers of ten values span, log₁₀(highest / lowest); `null` where one of them is not above 0.
 *
 * @param sorted ascending, finite, at least one value
 */
export function decades(sorted: readonly number[]): number | null {
  const [lowest, highest] = [sorted[0] as number, sorted.at(-1) as number];
  // The quotient might leave float64's range.
  return lowest > 0 ? log10(highest) - log10(lowest) : null;
}
