// Shuffles of few indices, kept as the order they make: a byte an index, one vector a shuffle, which a byte shuffle applies.
import { boundOf, MOST_DRAWS, mask, prepareAccepted, shufflesAtOnce, smallDraws, taken } from './bounded';
import { BLOCK, refill, sourceBlock } from './words';

/** Bytes of a vector. */
export const MOST_INDICES: u32 = 16;

/** For each draw of one shuffle and the low four bits of a word, the swap it makes; where it is rejected, none. */
const swaps = memory.data(4096, 16);
/** For each draw, how far from the first its swaps stand, and how far behind the first of these shuffles its own is. */
const places = memory.data(512, 16);

/** 0, 1, 2 … 15 */
function natural(): v128 {
  return i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

export function preparePermutations(n: u32): void {
  prepareAccepted(n);
  for (let draw: u32 = 0; draw < smallDraws(n); draw++) {
    const bound = boundOf(draw, n);
    for (let word: u32 = 0; word < MOST_INDICES; word++) {
      const swap = swaps + (draw << 8) + (word << 4);
      v128.store(swap, natural());
      const partner = word & mask(bound);
      if (partner > bound) continue;
      store<u8>(swap + bound, <u8>partner);
      store<u8>(swap + partner, <u8>bound);
    }
  }
  for (let draw: u32 = 0; draw < shufflesAtOnce(n) * smallDraws(n); draw++) {
    store<u32>(places + (draw << 3), (draw % smallDraws(n)) << 8);
    store<u32>(places + (draw << 3), (draw / smallDraws(n)) << 4, 4);
  }
}

/**
 * Draws the orders that `times` shuffles make of n indices, each of the one before, the first of the natural one. The order so
 * far is written after every word: the last one stays.
 *
 * @param orders receives times × 16 bytes
 * @returns the next unread word of the block
 */
export function drawPermutations(orders: usize, n: u32, times: u32, position: u32): u32 {
  let at = (<usize>position) << 2;
  let order = natural();
  for (let left = times; left > 0; ) {
    const shuffles = min(shufflesAtOnce(n), left);
    const draws = shuffles * smallDraws(n);
    for (let draw: u32 = 0; draw < draws; ) {
      if (at == BLOCK) {
        refill();
        at = 0;
      }
      // A loop without calls, so that what it carries stays in registers.
      do {
        const word = load<u32>(at, sourceBlock);
        at += 4;
        const place = draw << 3;
        order = v128.swizzle(order, v128.load(load<u32>(place, places) + ((word & (MOST_INDICES - 1)) << 4), swaps));
        v128.store(orders + load<u32>(place, places + 4), order);
        draw += taken(word, draw);
        // Two branches that are foreseen cost less than one on both conditions.
        if (draw == draws) break;
      } while (at != BLOCK);
    }
    orders += (<usize>shuffles) << 4;
    left -= shuffles;
  }
  return <u32>(at >> 2);
}

/** The orders that four lanes' shuffles start from. */
const starts = memory.data(64, 16);

/** What indices are multiplied by. */
const factor = memory.data(16, 16);

/** Starts the four lanes' shuffles from the natural order; indices are written times `step`. */
export function startPermutations(step: u32): void {
  v128.store(factor, i32x4.splat(step));
  for (let lane: usize = 0; lane < 64; lane += 16) v128.store(starts + lane, natural());
}

/** Starts the shuffles to come from the order that a shuffle of each lane has made. */
export function continuePermutations(shuffle: usize, laneStride: usize): void {
  for (let lane: usize = 0; lane < 64; lane += 16, shuffle += laneStride) {
    v128.store(starts + lane, v128.swizzle(v128.load(starts + lane), v128.load(shuffle)));
  }
}

/**
 * Writes the orders that a shuffle of each lane has made: n × 4 u32, and up to 16 × 4 with what follows.
 *
 * @param laneStride bytes from one lane's shuffle to the next one's
 */
export function writePermutations(orders: usize, n: u32, shuffle: usize, laneStride: usize): void {
  const order0 = v128.swizzle(v128.load(starts), v128.load(shuffle));
  const order1 = v128.swizzle(v128.load(starts, 16), v128.load(shuffle + laneStride));
  const order2 = v128.swizzle(v128.load(starts, 32), v128.load(shuffle + 2 * laneStride));
  const order3 = v128.swizzle(v128.load(starts, 48), v128.load(shuffle + 3 * laneStride));
  // Transposed: four indices of four lanes to a vector, then each on its own.
  const low01 = v128.shuffle<u8>(order0, order1, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const low23 = v128.shuffle<u8>(order2, order3, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  writeFourRows(orders, v128.shuffle<u16>(low01, low23, 0, 8, 1, 9, 2, 10, 3, 11));
  if (n > 4) writeFourRows(orders + 64, v128.shuffle<u16>(low01, low23, 4, 12, 5, 13, 6, 14, 7, 15));
  if (n <= 8) return;
  const high01 = v128.shuffle<u8>(order0, order1, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const high23 = v128.shuffle<u8>(order2, order3, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  writeFourRows(orders + 128, v128.shuffle<u16>(high01, high23, 0, 8, 1, 9, 2, 10, 3, 11));
  if (n > 12) writeFourRows(orders + 192, v128.shuffle<u16>(high01, high23, 4, 12, 5, 13, 6, 14, 7, 15));
}

/** Sixteen indices as u32, multiplied. */
function writeFourRows(at: usize, bytes: v128): void {
  const step = v128.load(factor);
  const low = i16x8.extend_low_i8x16_u(bytes);
  const high = i16x8.extend_high_i8x16_u(bytes);
  v128.store(at, i32x4.mul(i32x4.extend_low_i16x8_u(low), step));
  v128.store(at, i32x4.mul(i32x4.extend_high_i16x8_u(low), step), 16);
  v128.store(at, i32x4.mul(i32x4.extend_low_i16x8_u(high), step), 32);
  v128.store(at, i32x4.mul(i32x4.extend_high_i16x8_u(high), step), 48);
}
