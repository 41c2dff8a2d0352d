/**
 * The number above `low` from which on a condition holds, to the last bit, by doubling the distance until it does and then halving
 * it; Infinity where it never does.
 *
 * @param holds false up to somewhere above `low`, true from there on
 */
export function threshold(holds: (x: number) => boolean, low: number): number {
  let distance = 1;
  while (distance < Infinity && !holds(low + distance)) distance *= 2;
  let [outside, inside] = [low, low + distance];
  for (;;) {
    const middle = outside + (inside - outside) / 2;
    if (!(middle > outside && middle < inside)) return inside;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
}
