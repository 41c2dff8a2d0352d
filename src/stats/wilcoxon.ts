import { normalSurvival } from './normal.js';
import { midranks } from './ranks.js';
import { signedRankDistribution } from './signedRankDistribution.js';

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
 * dropped, as Wilcoxon did. Exact for up to 50 that are left without ties; else the normal approximation, corrected for ties and for
 * continuity, as R's `wilcox.test` and SciPy's `wilcoxon(correction=True, method='approx')`. Where none is left p is 1.
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
  if (ties === 0 && count <= MOST_EXACT) {
    const p = Math.min(1, 2 * (signedRankDistribution(count)[lower] as number));
    return { positive, negative, count, p, method: 'exact' };
  }
  const deviation = Math.sqrt((all * (2 * count + 1)) / 12 - ties / 48);
  const p = Math.min(1, 2 * normalSurvival((all / 2 - lower - 0.5) / deviation));
  return { positive, negative, count, p, method: 'normal' };
}

/** The smallest two-sided p that n differences can give, all of one sign: 2^(1 − n). */
export function smallestSignedRankP(n: number): number {
  let p = 2;
  for (let i = 0; i < n && p > 0; i++) p /= 2;
  return Math.min(1, p);
}
