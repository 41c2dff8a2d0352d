/** Twice the most by which the difference of two values can be off: each is rounded, and so are a centre and the difference. */
const ROUNDINGS = 4;

/**
 * Whether differences are equal but for the rounding of the values that they were taken of.
 *
 * @param differences finite
 * @param magnitude the largest of the values', 0 or more
 */
export function equalButForRounding(differences: readonly number[], magnitude: number): boolean {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const difference of differences) {
    low = Math.min(low, difference);
    high = Math.max(high, difference);
  }
  return high - low <= ROUNDINGS * Number.EPSILON * magnitude;
}
