import { chiSquaredSurvival } from './chiSquared.js';
import { midranks } from './ranks.js';

/** A rank test of several groups by the χ² distribution. */
export interface RankTest {
  readonly chiSquared: number;
  readonly df: number;
  readonly p: number;
}

/**
 * Kruskal-Wallis test (W. Kruskal & W. Wallis 1952), whether several independent samples come from one distribution, corrected
 * for ties; `null` where all values are equal.
 *
 * @param groups two or more, each of at least one value, no NaN; ±Infinity rank as they compare
 */
export function kruskalWallis(groups: readonly (readonly number[])[]): RankTest | null {
  const { ranks, ties } = midranks(groups.flat());
  const all = ranks.length;
  let [from, between] = [0, 0];
  for (const { length } of groups) {
    const sum = ranks.subarray(from, from + length).reduce((total, rank) => total + rank, 0);
    const distance = sum / length - (all + 1) / 2;
    between += length * distance * distance;
    from += length;
  }
  const untied = 1 - ties / (all * (all * all - 1));
  if (!(untied > 0)) return null;
  const chiSquared = (12 * between) / (all * (all + 1)) / untied;
  const df = groups.length - 1;
  return { chiSquared, df, p: chiSquaredSurvival(chiSquared, df) };
}
