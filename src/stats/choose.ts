/** Binomial coefficient: in how many ways k of n can be chosen, for whole 0 ≤ k ≤ n; Infinity where it leaves float64. */
export function choose(n: number, k: number): number {
  const few = Math.min(k, n - k);
  let ways = 1;
  for (let i = 1; i <= few && ways < Number.POSITIVE_INFINITY; i++) {
    // Each product is divisible as it stands, so that it is exact up to 2^53.
    ways = (ways * (n - few + i)) / i;
  }
  return ways;
}
