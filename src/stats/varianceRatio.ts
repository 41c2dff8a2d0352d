import { fSurvival } from './fisherF.js';
import type { FTest } from './oneWayAnova.js';
import { standardDeviation } from './summary.js';

/**
 * F test of the ratio of two variances of normal distributions (R. Fisher 1924), two-sided: twice the smaller tail, as R's `var.test`.
 * `null` with fewer than two values on a side, or where one of them does not vary.
 *
 * @param first finite; as `second`
 */
export function varianceRatio(first: readonly number[], second: readonly number[]): FTest | null {
  if (first.length < 2 || second.length < 2) return null;
  const [a, b] = [standardDeviation(first), standardDeviation(second)];
  if (a === 0 || b === 0) return null;
  const f = (a / b) * (a / b);
  const [df1, df2] = [first.length - 1, second.length - 1];
  return { f, df1, df2, p: Math.min(1, 2 * Math.min(fSurvival(f, df1, df2), fSurvival(1 / f, df2, df1))) };
}
