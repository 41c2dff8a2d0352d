import { type MeanTest, meanTest } from './meanTest.js';
import { mean, standardError } from './summary.js';

/**
 * Welch's t test of two means without equal variances (B. Welch 1947; degrees of freedom by F. Satterthwaite 1946); `null` with fewer
 * than two values on a side, or where neither side varies.
 *
 * @param first finite; as `second`
 * @param level of the interval of the difference, 0 … 1
 */
export function welch(first: readonly number[], second: readonly number[], level = 0.95): MeanTest | null {
  if (first.length < 2 || second.length < 2) return null;
  const [a, b] = [standardError(first), standardError(second)];
  const larger = Math.max(a, b);
  if (larger === 0) return null;
  // Of the larger error, so that no fourth power leaves float64's range.
  const [v, w] = [(a / larger) * (a / larger), (b / larger) * (b / larger)];
  const df = ((v + w) * (v + w)) / ((v * v) / (first.length - 1) + (w * w) / (second.length - 1));
  return meanTest(mean(first) - mean(second), larger * Math.sqrt(v + w), df, level);
}
