/** How two samples interleave. */
export interface RankSum {
  /** Mann and Whitney's U of the first: pairs of which its value is the larger, a tie counting half. */
  readonly u: number;
  /** Σ (t³ − t) over the groups of t equal values of both; 0 where there are none. */
  readonly ties: number;
}

/**
 * Counts the pairs of two samples by merging them. ±Infinity are values like any other, −0 equals 0.
 *
 * @param first no NaN; as `second`
 */
export function rankSum(first: readonly number[], second: readonly number[]): RankSum {
  const [x, y] = [Float64Array.from(first).sort(), Float64Array.from(second).sort()];
  let [u, ties, i, j] = [0, 0, 0, 0];
  while (i < x.length || j < y.length) {
    const value = Math.min(x[i] ?? Number.POSITIVE_INFINITY, y[j] ?? Number.POSITIVE_INFINITY);
    const [fromX, fromY] = [i, j];
    while (x[i] === value) i++;
    while (y[j] === value) j++;
    u += ((i - fromX) * (fromY + j)) / 2;
    const size = i - fromX + j - fromY;
    ties += size * (size * size - 1);
  }
  return { u, ties };
}
