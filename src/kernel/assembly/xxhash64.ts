// XXH64: Y. Collet, "xxHash fast digest algorithm", version 0.1.1.

const P1: u64 = 0x9e3779b185ebca87;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;
const P4: u64 = 0x85ebca77c2b2ae63;
const P5: u64 = 0x27d4eb2f165667c5;

const NAN_BITS: u64 = 0x7ff8000000000000;
/** A repeat's score and the hash of its weights. */
const pair = memory.data(16, 16);

function round(accumulator: u64, lane: u64): u64 {
  return rotl(accumulator + lane * P2, 31) * P1;
}

function merge(hash: u64, accumulator: u64): u64 {
  return (hash ^ round(0, accumulator)) * P1 + P4;
}

/** Hash of `bytes` bytes. */
export function xxh64Bytes(at: usize, bytes: u32, seed: u64): u64 {
  let left = bytes;
  let hash: u64;
  if (left >= 32) {
    let a = seed + P1 + P2;
    let b = seed + P2;
    let c = seed;
    let d = seed - P1;
    for (; left >= 32; left -= 32, at += 32) {
      a = round(a, load<u64>(at));
      b = round(b, load<u64>(at, 8));
      c = round(c, load<u64>(at, 16));
      d = round(d, load<u64>(at, 24));
    }
    hash = rotl(a, 1) + rotl(b, 7) + rotl(c, 12) + rotl(d, 18);
    hash = merge(merge(merge(merge(hash, a), b), c), d);
  } else {
    hash = seed + P5;
  }
  hash += <u64>bytes;
  for (; left >= 8; left -= 8, at += 8) hash = rotl(hash ^ round(0, load<u64>(at)), 27) * P1 + P4;
  if (left >= 4) {
    hash = rotl(hash ^ (<u64>load<u32>(at) * P1), 23) * P2 + P3;
    left -= 4;
    at += 4;
  }
  for (; left > 0; left--, at++) hash = rotl(hash ^ (<u64>load<u8>(at) * P5), 11) * P1;
  hash = (hash ^ (hash >> 33)) * P2;
  hash = (hash ^ (hash >> 29)) * P3;
  return hash ^ (hash >> 32);
}

/** Hash of `words` 32-bit words. */
export function xxh64(at: usize, words: u32, seed: u64): u64 {
  return xxh64Bytes(at, words << 2, seed);
}

/**
 * The digest of a run, continued by `count` repeats: each one's score (f64, NaN in its one canonical form) and the hash of its
 * weights (u64) are hashed with the digest so far as the seed.
 */
export function digestRepeats(scores: usize, weights: usize, count: u32, digest: u64): u64 {
  for (let i: u32 = 0; i < count; i++, scores += 8, weights += 8) {
    const score = load<f64>(scores);
    store<u64>(pair, score == score ? reinterpret<u64>(score) : NAN_BITS);
    store<u64>(pair, load<u64>(weights), 8);
    digest = xxh64(pair, 4, digest);
  }
  return digest;
}
