/**
 * Null distribution of Wilcoxon's signed-rank sum of n differences without ties: P(W ≤ w) for w = 0 … n(n + 1)/2.
 *
 * @param n at least 0; n³ / 2 steps
 */
export function signedRankDistribution(n: number): Float64Array {
  return signedSumDistribution(Array.from({ length: n }, (_, i) => i + 1));
}

/**
 * Null distribution of the sum of those ranks of which the sign is positive: P(W ≤ w) from w = 0 to the sum of all. Each rank counts
 * or does not (F. Wilcoxon 1945), and probabilities, sums of positive terms alone, are added up rank by rank.
 *
 * @param ranks whole, at least 0: of tied differences twice their mid-ranks
 */
export function signedSumDistribution(ranks: readonly number[]): Float64Array {
  const chances = new Float64Array(ranks.reduce((sum, rank) => sum + rank, 1));
  chances[0] = 1;
  let largest = 0;
  for (const rank of ranks) {
    largest += rank;
    for (let w = largest; w >= 0; w--) {
      const without = chances[w] as number;
      chances[w] = (without + (w >= rank ? (chances[w - rank] as number) : 0)) / 2;
    }
  }
  let sum = 0;
  return chances.map((chance) => {
    sum += chance;
    return sum;
  });
}
