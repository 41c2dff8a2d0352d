import { choose } from './choose.js';

/**
 * Null distribution of Mann and Whitney's U for n values against m without ties: P(U ≤ u) for u = 0 … ⌊nm / 2⌋; the rest follows by
 * symmetry about nm / 2. Counted by the recursion of H. Mann & D. Whitney (1947): the largest value of all is one of the n and
 * exceeds all m, or is one of the m. Every term is a sum of positive ones, so nothing cancels.
 *
 * @param n at least 1, as `m`; n · m · nm / 2 steps
 */
export function rankSumDistribution(n: number, m: number): Float64Array {
  const size = Math.floor((n * m) / 2) + 1;
  // counts[j]: arrangements of i values against j, by U; at i = 0 one, of U = 0.
  const counts = Array.from({ length: m + 1 }, () => Float64Array.from({ length: size }, (_, u) => (u === 0 ? 1 : 0)));
  for (let i = 1; i <= n; i++) {
    for (let j = 1; j <= m; j++) {
      const [fewer, here] = [counts[j - 1] as Float64Array, counts[j] as Float64Array];
      for (let u = size - 1; u >= j; u--) here[u] = (here[u - j] as number) + (fewer[u] as number);
      for (let u = Math.min(j, size) - 1; u >= 0; u--) here[u] = fewer[u] as number;
    }
  }
  const arrangements = choose(n + m, n);
  let sum = 0;
  return (counts[m] as Float64Array).map((count) => {
    sum += count;
    return sum / arrangements;
  });
}
