/**
 * P values adjusted for being several (S. Holm 1979): of m, the i-th smallest times m − i + 1, at most 1, and never below a smaller
 * one's. Refusing those up to α keeps the chance of any false refusal at α, whatever the dependence.
 *
 * @param ps 0 … 1
 * @returns the adjusted ones, in the order given
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => (ps[a] as number) - (ps[b] as number));
  const adjusted = new Array<number>(ps.length);
  let largest = 0;
  order.forEach((at, i) => {
    largest = Math.max(largest, Math.min(1, (ps.length - i) * (ps[at] as number)));
    adjusted[at] = largest;
  });
  return adjusted;
}
