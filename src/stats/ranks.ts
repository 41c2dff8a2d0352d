/** Ranks of values among themselves. */
export interface Ranks {
  /** From 1 for the smallest, in the order of the values; equal values share the mean of their ranks. */
  readonly ranks: Float64Array;
  /** Σ (t³ − t) over the groups of t equal values; 0 where there are none. */
  readonly ties: number;
}

/**
 * Mid-ranks (M. Kendall 1945). ±Infinity are values like any other, −0 equals 0.
 *
 * @param values no NaN
 */
export function midranks(values: readonly number[]): Ranks {
  const sorted = Float64Array.from(values).sort();
  const rankAt = new Float64Array(sorted.length);
  let ties = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    rankAt.fill((from + 1 + to) / 2, from, to);
    const size = to - from;
    ties += size * (size * size - 1);
    from = to;
  }
  return { ranks: Float64Array.from(values, (value) => rankAt[firstAtLeast(sorted, value)] as number), ties };
}

/** The position of the first of ascending values that is not below `value`. */
function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
