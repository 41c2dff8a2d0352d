import { MOST_EXACT } from './mannWhitney.js';
import { normalQuantile } from './normal.js';
import { rankSumDistribution } from './rankSumDistribution.js';
import { ascending } from './summary.js';

/** How far the first lies above the second. */
export interface Shift {
  readonly shift: number;
  /** `null` where the samples are too small for the level. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/**
 * Shift of two independent samples (J. Hodges & E. Lehmann 1963): the median of all differences xᵢ − yⱼ. Its interval (L. Moses
 * 1953) lies between two of these differences, and holds those shifts that the Mann-Whitney test does not refuse: exact up to 50
 * values a side, by the normal approximation beyond. No difference is kept: order statistics of a matrix that is sorted both ways are
 * found by halving the float64 numbers in between, 64 passes of n + m steps each.
 *
 * @param first finite, at least one value; as `second`
 * @param level 0 … 1
 */
export function hodgesLehmann(first: readonly number[], second: readonly number[], level = 0.95): Shift {
  const [x, y] = [Float64Array.from(ascending(first)), Float64Array.from(ascending(second))];
  const count = x.length * y.length;
  const low = difference(x, y, Math.floor((count + 1) / 2));
  const high = count % 2 === 1 || countUpTo(x, y, low) > count / 2 ? low : differenceAbove(x, y, low);
  const rank = limitRank(x.length, y.length, level);
  return {
    shift: low + (high - low) / 2,
    interval: rank === 0 ? null : { low: difference(x, y, rank), high: difference(x, y, count + 1 - rank) },
  };
}

/** Which difference from either end limits the interval; 0: none does. */
function limitRank(n: number, m: number, level: number): number {
  const tail = (1 - level) / 2;
  if (Math.max(n, m) <= MOST_EXACT) return rankSumDistribution(n, m).findIndex((p) => p > tail);
  const deviation = Math.sqrt((n * m * (n + m + 1)) / 12);
  return Math.max(0, Math.floor((n * m + 1) / 2 - normalQuantile(1 - tail) * deviation));
}

const view = new Float64Array(1);
const bits = new BigInt64Array(view.buffer);
/** −2^63, the bits of −0. */
const LOWEST = -0x8000000000000000n;

/** The place of a number among all float64 numbers; −0 stands at 0. */
function ordinal(value: number): bigint {
  view[0] = value;
  const integer = bits[0] as bigint;
  return integer < 0n ? LOWEST - integer : integer;
}

function atOrdinal(place: bigint): number {
  bits[0] = place < 0n ? LOWEST - place : place;
  return view[0] as number;
}

/** The difference xᵢ − yⱼ of the given rank, from 1 for the smallest, of ascending x and y. */
function difference(x: Float64Array, y: Float64Array, rank: number): number {
  let low = ordinal((x[0] as number) - (y[y.length - 1] as number));
  let high = ordinal((x[x.length - 1] as number) - (y[0] as number));
  while (low < high) {
    const middle = (low + high) >> 1n;
    if (countUpTo(x, y, atOrdinal(middle)) >= rank) high = middle;
    else low = middle + 1n;
  }
  return atOrdinal(low);
}

/** How many differences of ascending x and y are at most `limit`. Subtraction rounds monotonically, so that they are sorted both ways. */
function countUpTo(x: Float64Array, y: Float64Array, limit: number): number {
  let count = 0;
  let j = 0;
  for (const value of x) {
    while (j < y.length && value - (y[j] as number) > limit) j++;
    count += y.length - j;
  }
  return count;
}

/** The smallest difference of ascending x and y above `limit`. */
function differenceAbove(x: Float64Array, y: Float64Array, limit: number): number {
  let smallest = Number.POSITIVE_INFINITY;
  let j = 0;
  for (const value of x) {
    while (j < y.length && value - (y[j] as number) > limit) j++;
    if (j > 0) smallest = Math.min(smallest, value - (y[j - 1] as number));
  }
  return smallest;
}
