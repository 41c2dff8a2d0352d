import { choose } from './choose.js';
import { normalSurvival } from './normal.js';
import { rankSum } from './rankSum.js';
import { rankSumDistribution } from './rankSumDistribution.js';
import { midranks } from './ranks.js';
import { ascending } from './summary.js';
import { smallestTiedTail, tiedRankSumTails } from './tiedRankSum.js';

/** More values on a side than these, and the normal approximation takes over from the exact distribution. */
export const MOST_EXACT = 50;

export interface RankSumTest {
  /** U of the first: pairs of which its value is the larger, a tie counting half. */
  readonly u: number;
  /** Two-sided. */
  readonly p: number;
  readonly method: 'exact' | 'normal';
}

/**
 * Mann-Whitney U test (F. Wilcoxon 1945; H. Mann & D. Whitney 1947) of two independent samples, two-sided: twice the smaller tail.
 * Exact up to 50 values a side, and given the ties where there are any. Beyond, the normal approximation, corrected for ties and for
 * continuity, as SciPy's `mannwhitneyu(method='asymptotic')` and R's `wilcox.test(exact = FALSE)`, but not below the smallest p that
 * these values can give. Where all are equal p is 1.
 *
 * @param first at least one value, no NaN; ±Infinity rank as they compare; as `second`
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): RankSumTest {
  const [n, m] = [first.length, second.length];
  const { u, ties } = rankSum(first, second);
  const lower = Math.min(u, n * m - u);
  if (Math.max(n, m) <= MOST_EXACT) {
    const tail = ties === 0 ? (rankSumDistribution(n, m)[lower] as number) : tiedTail(first, second, u);
    return { u, p: Math.min(1, 2 * tail), method: 'exact' };
  }
  const smallest = Math.min(1, 2 * smallestTiedTail([...first, ...second], Math.min(n, m)));
  return { u, p: Math.max(normalRankSumP(lower, ties, n, m, 0.5), smallest), method: 'normal' };
}

/** The smaller tail given the ties, of the side with fewer values. */
function tiedTail(first: readonly number[], second: readonly number[], u: number): number {
  const [n, m] = [first.length, second.length];
  const doubled = Array.from(midranks(ascending([...first, ...second])).ranks, (rank) => 2 * rank);
  const other = n * m - u;
  // Sides of equal size mirror each other, and swapping them is to change no bit.
  const own = n === m ? Math.min(u, other) : n < m ? u : other;
  const fewer = Math.min(n, m);
  const { lower, upper } = tiedRankSumTails(doubled, fewer, 2 * own + fewer * (fewer + 1));
  return Math.min(lower, upper);
}

/**
 * Two-sided p of U by the normal approximation, corrected for ties; 1 where all values are equal.
 *
 * @param lower the smaller U, of the first and the second
 * @param ties Σ (t³ − t) over the groups of t equal values
 * @param n how many values the first had, at least 1; as `m` of the second
 * @param continuity how much nearer to its mean U is taken to be: ½, or 0 as R's `wilcox.test(correct = FALSE)`
 */
export function normalRankSumP(lower: number, ties: number, n: number, m: number, continuity: number): number {
  const all = n + m;
  const deviation = Math.sqrt(((n * m) / 12) * (all + 1 - ties / (all * (all - 1))));
  const z = ((n * m) / 2 - lower - continuity) / deviation;
  return deviation > 0 ? Math.min(1, 2 * normalSurvival(z)) : 1;
}

/** The smallest two-sided p that n values against m can give, all of one side above all of the other: 2 / C(n + m, n). */
export function smallestRankSumP(n: number, m: number): number {
  return Math.min(1, 2 / choose(n + m, n));
}
