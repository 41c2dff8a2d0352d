import type { Direction } from '../experiment/experiment.js';
import { mannWhitney, smallestRankSumP } from '../stats/mannWhitney.js';
import { ascending } from '../stats/summary.js';
import { smallestSignedRankP, wilcoxon } from '../stats/wilcoxon.js';

/** The test that decides: of ranks, chosen by the design and not by the data. */
export interface LeadingTest {
  readonly name: 'Mann-Whitney' | 'Wilcoxon';
  /** U of the first arm's scores, or the sum of the ranks of positive differences, first minus second. */
  readonly statistic: number;
  /** Two-sided. */
  readonly p: number;
  readonly method: 'exact' | 'normal';
  /** What the test measures, seen from the first: P(it is better), or its share of the ranks of differences; 0 … 1. */
  readonly favour: number;
  /** The arm that this is in favour of; `null` of neither. */
  readonly leader: 'first' | 'second' | null;
  /** Repeats of the smaller arm, or pairs that differ. */
  readonly count: number;
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

function leaderOf(favour: number): LeadingTest['leader'] {
  if (favour === 0.5) return null;
  return favour > 0.5 ? 'first' : 'second';
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
  const better = (higher: number) => (direction === 'lower' ? 1 - higher : higher);
  if (paired) {
    const { positive, negative, count, p, method } = wilcoxon(rankableDifferences(first, second, direction));
    const favour = count === 0 ? 0.5 : better(positive / (positive + negative));
    return {
      ...{ name: 'Wilcoxon', statistic: positive, p, method, favour, leader: leaderOf(favour), count },
      smallestP: smallestSignedRankP(count),
    };
  }
  const { u, p, method } = mannWhitney(rankable(first, direction), rankable(second, direction));
  const [n, m] = [first.length, second.length];
  const favour = better(u / (n * m));
  return {
    ...{ name: 'Mann-Whitney', statistic: u, p, method, favour, leader: leaderOf(favour), count: Math.min(n, m) },
    smallestP: smallestRankSumP(n, m),
  };
}
