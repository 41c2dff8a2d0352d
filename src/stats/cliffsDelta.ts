/**
 * Cliff's δ (N. Cliff 1993): P(X > Y) − P(X < Y), −1 … 1, from the probability of superiority, in which ties count half.
 *
 * @param superiority 0 … 1
 */
export function cliffsDelta(superiority: number): number {
  return 2 * superiority - 1;
}
