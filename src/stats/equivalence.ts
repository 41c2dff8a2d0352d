import type { MeanTest } from './meanTest.js';
import { studentTCdf } from './studentT.js';

/**
 * Two one-sided tests (D. Schuirmann 1987): p for the claim that a difference of means lies within ± margin, the larger of the two
 * tests against either end. At p < α the interval of level 1 − 2α lies within the margin.
 *
 * @param test Welch's, or the paired t test
 * @param margin above 0, in units of the values
 */
export function equivalence({ difference, standardError, df }: MeanTest, margin: number): number {
  return studentTCdf((Math.abs(difference) - margin) / standardError, df);
}
