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
 * values a side, by the normal approximation beyond. The n · m differences are never all made: they are a matrix that is sorted both
 * ways, of which passes of n + m steps each, halving the float64 numbers in between, find an order statistic.
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
    // The mean of the two in the middle, mirrored exactly when the sides are swapped.
    shift: Number.isFinite(low + high) ? (low + high) / 2 : low / 2 + high / 2,
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
  // Fewer than `rank` differences are at most `low`, and at least as many are at most `high`.
  let low = ordinal((x[0] as number) - (y[y.length - 1] as number)) - 1n;
  let high = ordinal((x[x.length - 1] as number) - (y[0] as number));
  let [below, upTo] = [0, x.length * y.length];
  while (high - low > 1n) {
    // So few as one pass finds are sorted.
    if (upTo - below <= x.length + y.length) {
      return differencesWithin(x, y, atOrdinal(low), atOrdinal(high))[rank - below - 1] as number;
    }
    const middle = (low + high) >> 1n;
    const count = countUpTo(x, y, atOrdinal(middle));
    if (count >= rank) [high, upTo] = [middle, count];
    else [low, below] = [middle, count];
  }
  return atOrdinal(high);
}

/** The differences of ascending x and y above `low` and up to `high`, in ascending order. */
function differencesWithin(x: Float64Array, y: Float64Array, low: number, high: number): Float64Array {
  const within: number[] = [];
  let from = 0;
  for (const value of x) {
    while (from < y.length && value - (y[from] as number) > high) from++;
    for (let j = from; j < y.length && value - (y[j] as number) > low; j++) within.push(value - (y[j] as number));
  }
  return Float64Array.from(within).sort();
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
