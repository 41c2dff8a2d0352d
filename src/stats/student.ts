import { pooledDeviation } from './cohenD.js';
import { type MeanTest, meanTest } from './meanTest.js';
import { mean } from './summary.js';

/**
 * Student's t test of two means with equal variances (Student 1908; R. Fisher 1925); `null` with fewer than two values on a side, or
 * where neither side varies. `welch` does not assume the variances equal.
 *
 * @param first finite; as `second`
 * @param level of the interval of the difference, 0 … 1
 */
export function student(first: readonly number[], second: readonly number[], level = 0.95): MeanTest | null {
  const [n, m] = [first.length, second.length];
  if (n < 2 || m < 2) return null;
  const error = pooledDeviation(first, second) * Math.sqrt(1 / n + 1 / m);
  return meanTest(mean(first) - mean(second), error, n + m - 2, level);
}
