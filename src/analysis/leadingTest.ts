import { mannWhitney, smallestRankSumP } from '../stats/mannWhitney.js';
import { ascending } from '../stats/summary.js';
import { smallestSignedRankP, wilcoxon } from '../stats/wilcoxon.js';

/** Which scores are the better ones. */
export type Direction = 'lower' | 'higher';

/** The test that decides: of ranks, chosen by the design and not by the data. */
export interface LeadingTest {
  readonly name: 'Mann-Whitney' | 'Wilcoxon';
  /** U of the first arm's scores, or the sum of the ranks of positive differences, first minus second. */
  readonly statistic: number;
  /** Two-sided. */
  readonly p: number;
  readonly method: 'exact' | 'normal';
  /** The arm whose ranks are the better ones; `null` where neither's are. */
  readonly leader: 'first' | 'second' | null;
  /** The smallest p that so many repeats can give. */
  readonly smallestP: number;
}

/** Scores that compare as they are to be ranked: what diverged is worse than any that did not. */
export function rankable(scores: readonly number[], direction: Direction): number[] {
  const worst = direction === 'lower' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return scores.map((score) => (Number.isFinite(score) ? score : worst));
}

/** A difference of which that of two infinities is 0. */
function minus(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function leaderOf(ahead: number): LeadingTest['leader'] {
  if (ahead === 0) return null;
  return ahead > 0 ? 'first' : 'second';
}

/**
 * Paired scores as differences, first minus second, in ascending order; those of two that diverged are 0.
 */
export function rankableDifferences(
  first: readonly number[],
  second: readonly number[],
  direction: Direction,
): number[] {
  const others = rankable(second, direction);
  return ascending(rankable(first, direction).map((score, i) => minus(score, others[i] as number)));
}

/** The test that decides between two arms. */
export function leadingTest(
  first: readonly number[],
  second: readonly number[],
  { direction, paired }: { readonly direction: Direction; readonly paired: boolean },
): LeadingTest {
  const sign = direction === 'lower' ? -1 : 1;
  if (paired) {
    const { positive, negative, count, p, method } = wilcoxon(rankableDifferences(first, second, direction));
    return {
      ...{ name: 'Wilcoxon', statistic: positive, p, method },
      leader: leaderOf(sign * (positive - negative)),
      smallestP: smallestSignedRankP(count),
    };
  }
  const { u, p, method } = mannWhitney(rankable(first, direction), rankable(second, direction));
  const pairs = first.length * second.length;
  return {
    ...{ name: 'Mann-Whitney', statistic: u, p, method },
    leader: leaderOf(sign * (2 * u - pairs)),
    smallestP: smallestRankSumP(first.length, second.length),
  };
}
