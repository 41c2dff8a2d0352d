// Fisher–Yates as NumPy's legacy RandomState does it: for i from n - 1 down to 1 swap i with a bounded integer in [0, i],
// which is a word cut by the smallest mask 2^k - 1 ≥ i and drawn again while it exceeds i. Drawing the words and swapping
// are apart, so that the words of many shuffles are drawn in one go, before anything is trained.
import { allocate } from './memory';
import { BLOCK, refill, sourceBlock } from './words';

/** Below this bound the low five bits of a word decide whether it is accepted. */
const SMALL: u32 = 32;
/** Entry w, bit b: whether a word w is accepted as the b-th of the draws for bounds below SMALL, shuffle after shuffle. */
const accepted = allocate(SMALL << 3);
/** How many such draws one shuffle makes, and how many whole shuffles of them fit into 64 bits. */
let smallDraws: u32 = 0;

function mask(bound: u32): u32 {
  return u32(-1) >> clz(bound);
}

/** Prepares `accepted` for shuffles of n indices; returns how many bits it used. */
function prepare(n: u32): u32 {
  smallDraws = min(n, SMALL) - 1;
  // Only a shuffle without larger bounds can be followed by the next one at once.
  const shuffles: u32 = n > SMALL ? 1 : 64 / smallDraws;
  for (let w: u32 = 0; w < SMALL; w++) {
    let bits: u64 = 0;
    for (let b: u32 = 0; b < shuffles * smallDraws; b++) {
      const bound = smallDraws - (b % smallDraws);
      bits |= u64((w & mask(bound)) <= bound) << b;
    }
    store<u64>(accepted + (w << 3), bits);
  }
  return shuffles;
}

/**
 * Draws the words of `times` shuffles of n indices, without a branch that depends on them: a rejected word is written too,
 * and overwritten by the next.
 *
 * @param words receives times × (n - 1) u32, and one more
 * @param position the next unread word of the source's block, 0 … 624 (624: the block is spent)
 * @returns the next unread word
 */
export function drawShuffles(words: usize, n: u32, times: u32, position: u32): u32 {
  if (n < 2) return position;
  const atOnce = prepare(n);
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
        const word = load<u32>(sourceBlock + at);
        at += 4;
        store<u32>(words, word);
        const taken = u32((word & cut) <= i);
        i -= taken;
        words += taken << 2;
      }
    }
    const shuffles = min(atOnce, left);
    const draws = shuffles * smallDraws;
    for (let draw: u32 = 0; draw < draws; ) {
      if (at == BLOCK) {
        refill();
        at = 0;
      }
      const word = load<u32>(sourceBlock + at);
      at += 4;
      store<u32>(words + (draw << 2), word);
      draw += <u32>(load<u64>(accepted + ((word & (SMALL - 1)) << 3)) >> draw) & 1;
    }
    words += draws << 2;
    left -= shuffles;
  }
  return <u32>(at >> 2);
}

/** Shuffles n indices (u32) in place by the n - 1 words drawn for it. */
export function applyShuffle(order: usize, n: u32, words: usize): void {
  for (let i = n - 1; i > 0; i--, words += 4) {
    const mine = order + (i << 2);
    const other = order + ((load<u32>(words) & mask(i)) << 2);
    const kept = load<u32>(mine);
    store<u32>(mine, load<u32>(other));
    store<u32>(other, kept);
  }
}
