// Shuffles of any number of indices, kept as what each index is swapped with: n - 1 u32.
import { boundOf, MOST_DRAWS, mask, prepareAccepted, SMALL, shufflesAtOnce, smallDraws, taken } from './bounded';
import { BLOCK, refill, sourceBlock } from './words';

/** The masks of the draws for bounds below SMALL. */
const cuts = memory.data(256, 16);

export function prepareSwaps(n: u32): void {
  prepareAccepted(n);
  for (let draw: u32 = 0; draw < MOST_DRAWS; draw++) store<u32>(cuts + (draw << 2), mask(boundOf(draw, n)));
}

/**
 * Draws what `times` shuffles of n indices swap with. A rejected draw is written too, and overwritten by the next.
 *
 * @param partners receives times × (n - 1) u32, and one more
 * @returns the next unread word of the block
 */
export function drawSwaps(partners: usize, n: u32, times: u32, position: u32): u32 {
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
        const fits = u32(partner <= i);
        i -= fits;
        partners += fits << 2;
      }
    }
    const shuffles = min(shufflesAtOnce(n), left);
    const draws = shuffles * smallDraws(n);
    for (let draw: u32 = 0; draw < draws; ) {
      if (at == BLOCK) {
        refill();
        at = 0;
      }
      const word = load<u32>(sourceBlock + at);
      at += 4;
      store<u32>(partners + (draw << 2), word & load<u32>(cuts + (draw << 2)));
      draw += taken(word, draw);
    }
    partners += draws << 2;
    left -= shuffles;
  }
  return <u32>(at >> 2);
}

/**
 * Shuffles the indices of four lanes (n × 4 u32), each by its own swaps.
 *
 * @param laneStride bytes from one lane's partners to the next one's
 */
export function applySwaps(orders: usize, n: u32, partners: usize, laneStride: usize): void {
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
