/**
 * P values adjusted for the share of false ones among those refused (Y. Benjamini & Y. Hochberg 1995): of m, the i-th smallest times
 * m / i, and never above a larger one's. Refusing those up to α keeps that share at α on average, where tests are independent.
 *
 * @param ps 0 … 1
 * @returns the adjusted ones, in the order given
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const m = ps.length;
  const descending = ps.map((_, i) => i).sort((a, b) => (ps[b] as number) - (ps[a] as number));
  const adjusted = new Array<number>(m);
  let smallest = 1;
  descending.forEach((at, i) => {
    smallest = Math.min(smallest, ((ps[at] as number) * m) / (m - i));
    adjusted[at] = smallest;
  });
  return adjusted;
}
