import { normalSurvival } from './normal.js';
import { midranks } from './ranks.js';
import { signedSumDistribution } from './signedRankDistribution.js';

/** More differences than these, and the normal approximation takes over from the exact distribution. */
const MOST_EXACT = 50;

export interface SignedRankTest {
  /** The sum of the ranks of positive differences, and of negative ones. */
  readonly positive: number;
  readonly negative: number;
  /** Differences that are not 0: the others are dropped. */
  readonly count: number;
  /** Two-sided. */
  readonly p: number;
  readonly method: 'exact' | 'normal';
}

/**
 * Wilcoxon signed-rank test of paired differences (F. Wilcoxon 1945), two-sided: twice the smaller tail. Differences of 0 are
 * dropped, as Wilcoxon did. Exact for up to 50 that are left, given their ties; beyond, the normal approximation, corrected for ties
 * and for continuity, as R's `wilcox.test` and SciPy's `wilcoxon(correction=True, method='approx')`. Where none is left p is 1.
 *
 * @param differences no NaN; ±Infinity rank as they compare
 */
export function wilcoxon(differences: readonly number[]): SignedRankTest {
  const rest = differences.filter((difference) => difference !== 0);
  const count = rest.length;
  const { ranks, ties } = midranks(rest.map(Math.abs));
  const positive = ranks.reduce((sum, rank, i) => ((rest[i] as number) > 0 ? sum + rank : sum), 0);
  const all = (count * (count + 1)) / 2;
  const negative = all - positive;
  const lower = Math.min(positive, negative);
  if (count <= MOST_EXACT) {
    // Twice the mid-ranks, which are whole.
    const distribution = signedSumDistribution(Array.from(ranks, (rank) => 2 * rank));
    const p = Math.min(1, 2 * (distribution[2 * lower] as number));
    return { positive, negative, count, p, method: 'exact' };
  }
  return { positive, negative, count, p: normalSignedRankP(lower, count, ties, 0.5), method: 'normal' };
}

/**
 * Two-sided p of a sum of ranks by the normal approximation, corrected for ties.
 *
 * @param lower the smaller of the sums of positive and negative ranks
 * @param count differences that are not 0, at least one
 * @param ties Σ (t³ − t) over the groups of t equal magnitudes
 * @param continuity how much nearer to its mean the sum is taken to be: ½, or 0 as R's `wilcox.test(correct = FALSE)`
 */
export function normalSignedRankP(lower: number, count: number, ties: number, continuity: number): number {
  const mean = (count * (count + 1)) / 4;
  const deviation = Math.sqrt((mean * (2 * count + 1)) / 6 - ties / 48);
  return Math.min(1, 2 * normalSurvival((mean - lower - continuity) / deviation));
}

/** The smallest two-sided p that n differences can give, all of one sign: 2^(1 − n). */
export function smallestSignedRankP(n: number): number {
  let p = 2;
  for (let i = 0; i < n && p > 0; i++) p /= 2;
  return Math.min(1, p);
}
