import { spreadTest } from './brownForsythe.js';
import type { FTest } from './oneWayAnova.js';
import { mean } from './summary.js';

/**
 * Levene's test of equal spread (H. Levene 1960): the analysis of variance of distances from each group's mean. Where distributions
 * are skewed it finds differences that are none, and `brownForsythe` does not. `null` where no group's distances vary, or none has
 * two values.
 *
 * @param groups two or more, of finite values, each at least one
 */
export function levene(groups: readonly (readonly number[])[]): FTest | null {
  return spreadTest(groups, mean);
}
