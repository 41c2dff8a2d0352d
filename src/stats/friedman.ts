import { chiSquaredSurvival } from './chiSquared.js';
import { fSurvival } from './fisherF.js';
import type { RankTest } from './kruskalWallis.js';
import { midranks } from './ranks.js';

export interface BlockRankTest extends RankTest {
  /** Mean rank of each treatment, 1 for the smallest values. */
  readonly meanRanks: readonly number[];
  /** R. Iman and J. Davenport's F (1980), less conservative than χ²; `null` where every block ranks alike. */
  readonly imanDavenport: { readonly f: number; readonly df1: number; readonly df2: number; readonly p: number } | null;
}

/**
 * Friedman test (M. Friedman 1937), whether treatments rank alike within blocks, corrected for ties; `null` where each block is one value
 * all over.
 *
 * @param treatments two or more, each with a value a block, at least one, no NaN; ±Infinity rank as they compare
 */
export function friedman(treatments: readonly (readonly number[])[]): BlockRankTest | null {
  const [k, n] = [treatments.length, treatments[0]?.length ?? 0];
  const sums = new Float64Array(k);
  let ties = 0;
  for (let block = 0; block < n; block++) {
    const ranked = midranks(treatments.map((values) => values[block] as number));
    ranked.ranks.forEach((rank, i) => {
      sums[i] = (sums[i] as number) + rank;
    });
    ties += ranked.ties;
  }
  const untied = 1 - ties / (n * k * (k * k - 1));
  if (!(untied > 0)) return null;
  const meanRanks = Array.from(sums, (sum) => sum / n);
  const between = meanRanks.reduce((sum, rank) => sum + (rank - (k + 1) / 2) * (rank - (k + 1) / 2), 0);
  const chiSquared = (12 * n * between) / (k * (k + 1)) / untied;
  const [df1, df2] = [k - 1, (k - 1) * (n - 1)];
  const f = ((n - 1) * chiSquared) / (n * df1 - chiSquared);
  return {
    ...{ chiSquared, df: df1, p: chiSquaredSurvival(chiSquared, df1), meanRanks },
    imanDavenport:
      f >= 0 && f < Number.POSITIVE_INFINITY && df2 > 0 ? { f, df1, df2, p: fSurvival(f, df1, df2) } : null,
  };
}
