import { fSurvival } from './fisherF.js';
import type { FTest } from './oneWayAnova.js';
import { mean, standardDeviation } from './summary.js';
import { unitScale } from './unitScale.js';

/**
 * Welch's analysis of variance (B. Welch 1951), whether the means of groups are equal, whose variances need not be; `null` where a group
 * has fewer than two values, or does not vary.
 *
 * @param groups two or more, of finite values
 */
export function welchAnova(groups: readonly (readonly number[])[]): FTest | null {
  if (groups.some((group) => group.length < 2)) return null;
  const deviations = groups.map(standardDeviation);
  if (deviations.some((deviation) => deviation === 0)) return null;
  const k = groups.length;
  const scale = unitScale(groups.flat());
  // By the smallest standard error, so that no square leaves float64's range.
  const errors = deviations.map((deviation, i) => deviation / Math.sqrt((groups[i] as readonly number[]).length));
  const smallest = Math.min(...errors);
  const weights = errors.map((error) => (smallest / error) * (smallest / error));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const means = groups.map((group) => mean(group) * scale);
  const grand = means.reduce((sum, each, i) => sum + each * (weights[i] as number), 0) / total;
  const unit = smallest * scale;
  const between = means.reduce((sum, each, i) => {
    const distance = (each - grand) / unit;
    return sum + (weights[i] as number) * distance * distance;
  }, 0);
  const uncertainty = groups.reduce((sum, group, i) => {
    const rest = 1 - (weights[i] as number) / total;
    return sum + (rest * rest) / (group.length - 1);
  }, 0);
  const f = between / (k - 1) / (1 + (2 * (k - 2) * uncertainty) / (k * k - 1));
  const df2 = (k * k - 1) / (3 * uncertainty);
  return { f, df1: k - 1, df2, p: fSurvival(f, k - 1, df2) };
}
