// The bounded integers of shuffles as NumPy's legacy RandomState draws them: for i from n - 1 down to 1 an integer in [0, i],
// which is a word cut by the smallest mask 2^k - 1 ≥ i, and drawn again while it exceeds i. Draws for bounds below SMALL are
// numbered through, shuffle after shuffle, and tables say what becomes of a word, so that no branch depends on one.

/** Below this bound the low five bits of a word decide whether it is accepted. */
export const SMALL: u32 = 32;
/** Draws that one run through the tables makes at most: the bits of an entry. */
export const MOST_DRAWS: u32 = 64;

/** Entry w, bit d: whether a word w is accepted as draw d. */
const accepted = memory.data(256, 16);

/** Bounds below SMALL of one shuffle of n indices. */
export function smallDraws(n: u32): u32 {
  return min(n, SMALL) - 1;
}

/** Shuffles of n indices in one run through the tables; one with larger bounds cannot be followed by the next at once. */
export function shufflesAtOnce(n: u32): u32 {
  return n > SMALL ? 1 : MOST_DRAWS / smallDraws(n);
}

/** The bound of draw d of shuffles of n indices. */
export function boundOf(draw: u32, n: u32): u32 {
  return smallDraws(n) - (draw % smallDraws(n));
}

/** The smallest 2^k − 1 that is not below a bound of at least 1. */
export function mask(bound: u32): u32 {
  return u32(-1) >> clz(bound);
}

export function prepareAccepted(n: u32): void {
  memory.fill(accepted, 0, SMALL << 3);
  for (let draw: u32 = 0; draw < shufflesAtOnce(n) * smallDraws(n); draw++) {
    const bound = boundOf(draw, n);
    for (let word: u32 = 0; word < SMALL; word++) {
      const bits = accepted + (word << 3);
      store<u64>(bits, load<u64>(bits) | (u64((word & mask(bound)) <= bound) << draw));
    }
  }
}

/** 1 where a word is accepted as draw d, else 0. */
export function taken(word: u32, draw: u32): u32 {
  return <u32>(load<u64>((word & (SMALL - 1)) << 3, accepted) >> draw) & 1;
}
