/**
 * P values adjusted for being several (C. Bonferroni 1936; O. Dunn 1961): each times their number, at most 1. `holm` keeps the same
 * promise and refuses more.
 *
 * @param ps 0 … 1
 * @returns the adjusted ones, in the order given
 */
export function bonferroni(ps: readonly number[]): number[] {
  return ps.map((p) => Math.min(1, p * ps.length));
}
