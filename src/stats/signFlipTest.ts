import { normalSurvival } from './normal.js';
import type { RandomSource } from './randomSource.js';
import { MOST_DRAWS, RESAMPLES, type ResamplingTest, ROUNDING } from './resampling.js';
import { unitScale } from './unitScale.js';

/** Up to so many differences every choice of their signs is looked at. */
const MOST_SIGNS = 20;

/**
 * Sign-flip permutation test of the mean of paired differences (R. Fisher 1935), two-sided: how often random signs give a sum as
 * large as the observed one. Up to 20 differences that are not 0, all 2ⁿ choices are looked at; of more, 10,000 are drawn, and p is
 * (1 + hits) / (1 + 10,000); beyond 1,000 differences p comes from the normal limit, whose variance Σd² is exact.
 *
 * @param differences finite
 */
export function signFlipTest(random: RandomSource, differences: readonly number[]): ResamplingTest {
  const scale = unitScale(differences);
  const scaled = differences.filter((difference) => difference !== 0).map((difference) => difference * scale);
  // By magnitude, so that neither the order of the pairs nor that of their sides changes what is drawn.
  const ordered = Float64Array.from(scaled, Math.abs).sort();
  const observed = Math.abs(Array.from(Float64Array.from(scaled).sort()).reduce((sum, value) => sum + value, 0));
  const far = observed - ROUNDING * ordered.reduce((sum, value) => sum + value, 0);
  let hits = 0;
  const visit = (sum: number) => {
    if (Math.abs(sum) >= far) hits++;
  };
  if (ordered.length <= MOST_SIGNS) {
    everySum(ordered, ordered.length, 0, visit);
    return { p: hits / (1 << ordered.length), method: 'exact' };
  }
  if (ordered.length * RESAMPLES <= MOST_DRAWS) {
    for (let i = 0; i < RESAMPLES; i++) {
      let sum = 0;
      for (const value of ordered) sum += random() < 0.5 ? value : -value;
      visit(sum);
    }
    return { p: (1 + hits) / (1 + RESAMPLES), method: 'monteCarlo' };
  }
  const deviation = Math.sqrt(ordered.reduce((sum, value) => sum + value * value, 0));
  return { p: 2 * normalSurvival(observed / deviation), method: 'normal' };
}

/** The sum of the first values under every choice of their signs. */
function everySum(values: Float64Array, left: number, sum: number, visit: (sum: number) => void): void {
  if (left === 0) {
    visit(sum);
    return;
  }
  const value = values[left - 1] as number;
  everySum(values, left - 1, sum + value, visit);
  everySum(values, left - 1, sum - value, visit);
}
