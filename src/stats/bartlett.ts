import { log } from '../kernel/elementary.js';
import { chiSquaredSurvival } from './chiSquared.js';
import type { RankTest } from './kruskalWallis.js';
import { standardDeviation } from './summary.js';

/**
 * Bartlett's test of equal variances of normal distributions (M. Bartlett 1937); of others it also tells that they are not normal.
 * `null` where a group has fewer than two values, or does not vary.
 *
 * @param groups two or more, of finite values
 */
export function bartlett(groups: readonly (readonly number[])[]): RankTest | null {
  if (groups.some((group) => group.length < 2)) return null;
  const deviations = groups.map(standardDeviation);
  const smallest = Math.min(...deviations);
  if (smallest === 0) return null;
  const dfs = groups.map((group) => group.length - 1);
  const total = dfs.reduce((sum, df) => sum + df, 0);
  const ratios = deviations.map((deviation) => deviation / smallest);
  const pooled = ratios.reduce((sum, ratio, i) => sum + (dfs[i] as number) * ratio * ratio, 0) / total;
  const differences = ratios.reduce((sum, ratio, i) => sum + (dfs[i] as number) * (log(pooled) - 2 * log(ratio)), 0);
  const df = groups.length - 1;
  const correction = 1 + (dfs.reduce((sum, each) => sum + 1 / each, 0) - 1 / total) / (3 * df);
  const chiSquared = Math.max(0, differences / correction);
  return { chiSquared, df, p: chiSquaredSurvival(chiSquared, df) };
}
