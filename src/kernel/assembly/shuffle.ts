// Fisher–Yates as NumPy's legacy RandomState does it: for i from n - 1 down to 1 swap i with an integer in [0, i]. Drawing and
// applying are apart, so that many shuffles are drawn in one go, before anything is trained.
import {
  continuePermutations,
  drawPermutations,
  MOST_INDICES,
  preparePermutations,
  startPermutations,
  writePermutations,
} from './permutation';
import { applySwaps, drawSwaps, prepareSwaps } from './swaps';

/** The n that the tables are prepared for. */
let prepared: u32 = 0;

/** Bytes of a drawn shuffle of n indices. */
export function shuffleBytes(n: u32): u32 {
  return n <= MOST_INDICES ? 16 : (n - 1) << 2;
}

/**
 * Draws `times` shuffles of n ≥ 2 indices.
 *
 * @param shuffles receives times × shuffleBytes(n) bytes, and four more
 * @param position the next unread word of the source's block, 0 … 624 (624: the block is spent)
 * @returns the next unread word
 */
export function drawShuffles(shuffles: usize, n: u32, times: u32, position: u32): u32 {
  const few = n <= MOST_INDICES;
  if (n != prepared) {
    prepared = n;
    if (few) preparePermutations(n);
    else prepareSwaps(n);
  }
  return few ? drawPermutations(shuffles, n, times, position) : drawSwaps(shuffles, n, times, position);
}

/**
 * Puts the indices of four lanes (n × 4 u32, with room for 16 × 4), each times `step`, into their natural order. Multiplied once,
 * they are where rows of so many bytes stand.
 */
export function orderNaturally(orders: usize, n: u32, step: u32): void {
  for (let i: u32 = 0; i < n; i++) v128.store(orders + ((<usize>i) << 4), i32x4.splat(i * step));
  startPermutations(step);
}

/**
 * Shuffles the indices of four lanes, each by the next of its drawn shuffles.
 *
 * @param laneStride bytes from one lane's shuffle to the next one's
 */
export function applyShuffles(orders: usize, n: u32, shuffle: usize, laneStride: usize): void {
  if (n <= MOST_INDICES) writePermutations(orders, n, shuffle, laneStride);
  else applySwaps(orders, n, shuffle, laneStride);
}

/** Lets the shuffles that are drawn next follow the one applied last. */
export function continueShuffles(n: u32, shuffle: usize, laneStride: usize): void {
  if (n <= MOST_INDICES) continuePermutations(shuffle, laneStride);
}
