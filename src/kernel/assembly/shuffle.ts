// Fisher–Yates as NumPy's legacy RandomState does it: for i from n - 1 down to 1 swap i with a bounded integer in [0, i],
// which is a word cut by the smallest mask 2^k - 1 ≥ i and drawn again while it exceeds i. Drawing the words and swapping
// are apart, so that many shuffles are drawn in one go, before anything is trained.
import { allocate } from './memory';
import { BLOCK, refill, sourceBlock } from './words';

/** Below this bound the low five bits of a word decide whether it is accepted. */
const SMALL: u32 = 32;
/** Entry w, bit b: whether a word w is accepted as the b-th of the draws for bounds below SMALL, shuffle after shuffle. */
const accepted = allocate(SMALL << 3);
/** The masks of these draws. */
const cuts = allocate(64 << 2);
/** What these are prepared for: n, such draws of one shuffle, and whole shuffles whose draws fit into 64 bits. */
let prepared: u32 = 0;
let smallDraws: u32 = 0;
let smallShuffles: u32 = 0;

function mask(bound: u32): u32 {
  return u32(-1) >> clz(bound);
}

/** Prepares `accepted` and `cuts` for shuffles of n indices. */
function prepare(n: u32): void {
  if (n == prepared) return;
  prepared = n;
  smallDraws = min(n, SMALL) - 1;
  // Only a shuffle without larger bounds can be followed by the next one at once.
  smallShuffles = n > SMALL ? 1 : 64 / smallDraws;
  memory.fill(accepted, 0, SMALL << 3);
  for (let draw: u32 = 0; draw < smallShuffles * smallDraws; draw++) {
    const bound = smallDraws - (draw % smallDraws);
    const cut = mask(bound);
    store<u32>(cuts + (draw << 2), cut);
    for (let word: u32 = 0; word < SMALL; word++) {
      const bits = accepted + (word << 3);
      store<u64>(bits, load<u64>(bits) | (u64((word & cut) <= bound) << draw));
    }
  }
}

/**
 * Draws what `times` shuffles of n indices swap with, without a branch that depends on it: a rejected draw is written
 * too, and overwritten by the next.
 *
 * @param partners receives times × (n - 1) u32, and one more
 * @param position the next unread word of the source's block, 0 … 624 (624: the block is spent)
 * @returns the next unread word
 */
export function drawShuffles(partners: usize, n: u32, times: u32, position: u32): u32 {
  if (n < 2) return position;
  prepare(n);
  let at = (<usize>position) << 2;
  for (let left = times; left > 0; ) {
    for (let i = n - 1; i >= SMALL; ) {
      const cut = mask(i);
      const low = max(cut >> 1, SMALL - 1);
      while (i > low) {
        if (at == BLOCK) {
          refill();
          at = 0;
        }
        const partner = load<u32>(sourceBlock + at) & cut;
        at += 4;
        store<u32>(partners, partner);
        const taken = u32(partner <= i);
        i -= taken;
        partners += taken << 2;
      }
    }
    const shuffles = min(smallShuffles, left);
    const draws = shuffles * smallDraws;
    for (let draw: u32 = 0; draw < draws; ) {
      if (at == BLOCK) {
        refill();
        at = 0;
      }
      const word = load<u32>(sourceBlock + at);
      at += 4;
      store<u32>(partners + (draw << 2), word & load<u32>(cuts + (draw << 2)));
      draw += <u32>(load<u64>(accepted + ((word & (SMALL - 1)) << 3)) >> draw) & 1;
    }
    partners += draws << 2;
    left -= shuffles;
  }
  return <u32>(at >> 2);
}

/** Shuffles n indices (u32) in place by what was drawn for it. */
export function applyShuffle(order: usize, n: u32, partners: usize): void {
  for (let i = n - 1; i > 0; i--, partners += 4) swap(order + (i << 2), order + (load<u32>(partners) << 2));
}

/**
 * Shuffles the indices of four lanes (n × 4 u32), each by what was drawn for it.
 *
 * @param laneStride bytes from one lane's partners to the next one's
 */
export function applyShuffles(orders: usize, n: u32, partners: usize, laneStride: usize): void {
  let partners1 = partners + laneStride;
  let partners2 = partners1 + laneStride;
  let partners3 = partners2 + laneStride;
  for (let one = orders + ((n - 1) << 4); one > orders; one -= 16) {
    const other0 = orders + (load<u32>(partners) << 4);
    const kept0 = load<u32>(one);
    store<u32>(one, load<u32>(other0));
    store<u32>(other0, kept0);
    const other1 = orders + (load<u32>(partners1) << 4);
    const kept1 = load<u32>(one, 4);
    store<u32>(one, load<u32>(other1, 4), 4);
    store<u32>(other1, kept1, 4);
    const other2 = orders + (load<u32>(partners2) << 4);
    const kept2 = load<u32>(one, 8);
    store<u32>(one, load<u32>(other2, 8), 8);
    store<u32>(other2, kept2, 8);
    const other3 = orders + (load<u32>(partners3) << 4);
    const kept3 = load<u32>(one, 12);
    store<u32>(one, load<u32>(other3, 12), 12);
    store<u32>(other3, kept3, 12);
    partners += 4;
    partners1 += 4;
    partners2 += 4;
    partners3 += 4;
  }
}

function swap(one: usize, other: usize): void {
  const kept = load<u32>(one);
  store<u32>(one, load<u32>(other));
  store<u32>(other, kept);
}
