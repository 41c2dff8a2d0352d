import { choose } from './choose.js';
import { ascending } from './summary.js';

/**
 * Tails of the rank sum of n of the given values, every choice of n being as likely: Wilcoxon's null distribution where values are
 * tied, given their ties. Counted value by value, by how many are chosen and their sum (W. Klotz 1966; B. Streitberg & J. Röhmel 1986).
 * Every term is a sum of positive ones, so nothing cancels.
 *
 * @param ranks of all values; twice their mid-ranks, which are whole
 * @param n at least 1, as many as are left; ranks · n · (sum of the ranks) steps at most
 * @param observed the sum of the n
 * @returns P(sum ≤ observed) and P(sum ≥ observed)
 */
export function tiedRankSumTails(
  ranks: readonly number[],
  n: number,
  observed: number,
): { readonly lower: number; readonly upper: number } {
  const size = ascending(ranks)
    .slice(-n)
    .reduce((sum, rank) => sum + rank, 1);
  // counts[j]: choices of j of the values so far, by the sum of their ranks.
  const counts = Array.from({ length: n + 1 }, () => new Float64Array(size));
  (counts[0] as Float64Array)[0] = 1;
  for (const rank of ranks) {
    for (let j = n; j > 0; j--) {
      const [chosen, without] = [counts[j] as Float64Array, counts[j - 1] as Float64Array];
      for (let sum = rank; sum < size; sum++) chosen[sum] = (chosen[sum] as number) + (without[sum - rank] as number);
    }
  }
  // Counts are exact up to 2^53, so that they are divided last.
  const total = (from: number, to: number) =>
    (counts[n] as Float64Array).subarray(from, to).reduce((sum, count) => sum + count, 0) / choose(ranks.length, n);
  return { lower: total(0, observed + 1), upper: total(observed, size) };
}

/**
 * The smaller of the chances that n values are the lowest of all and that they are the highest: no tail of their rank sum is smaller.
 *
 * @param values of both sides, no NaN
 * @param n at least 1, below their number
 */
export function smallestTiedTail(values: readonly number[], n: number): number {
  const sorted = ascending(values);
  return Math.min(chanceOfLowest(sorted, n), chanceOfLowest(sorted.reverse(), n));
}

/** Those before the group of the n-th are all chosen, the others out of that group: drawn one by one. */
function chanceOfLowest(sorted: readonly number[], n: number): number {
  const before = sorted.indexOf(sorted[n - 1] as number);
  const group = sorted.lastIndexOf(sorted[n - 1] as number) + 1 - before;
  let chance = 1;
  for (let i = 0; i < n; i++) chance *= (i < before ? n - i : group - (i - before)) / (sorted.length - i);
  return chance;
}
