import { type MeanTest, meanTest } from './meanTest.js';
import { mean, standardError } from './summary.js';

/**
 * Paired t test (Student 1908): whether the mean of the differences of pairs is 0; `null` with fewer than two, or where all are equal.
 *
 * @param differences finite
 * @param level of the interval of the mean, 0 … 1
 */
export function pairedT(differences: readonly number[], level = 0.95): MeanTest | null {
  if (differences.length < 2) return null;
  return meanTest(mean(differences), standardError(differences), differences.length - 1, level);
}
