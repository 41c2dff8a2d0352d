// Philox 4x32-10: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011; four blocks
// at once, one in each lane.

const M0: u32 = 0xd2511f53;
const M1: u32 = 0xcd9e8d57;
const W0: u32 = 0x9e3779b9;
const W1: u32 = 0xbb67ae85;

/** Low words of four products of 64 bits. */
function lowWords(first: v128, second: v128): v128 {
  return v128.shuffle<u32>(first, second, 0, 2, 4, 6);
}

function highWords(first: v128, second: v128): v128 {
  return v128.shuffle<u32>(first, second, 1, 3, 5, 7);
}

/** A counter's words in four lanes, for blocks `low` … `low` + 3; `word` is 0 for the lower and 32 for the higher half. */
function counterWords(low: u64, word: u64): v128 {
  const first = i32x4.splat(<u32>(low >> word));
  const second = i32x4.replace_lane(first, 1, <u32>((low + 1) >> word));
  const third = i32x4.replace_lane(second, 2, <u32>((low + 2) >> word));
  return i32x4.replace_lane(third, 3, <u32>((low + 3) >> word));
}

/** A word of the counter that the carry of the lower 64 bits reaches. */
function carriedWords(low: u64, high: u64, word: u64): v128 {
  const first = i32x4.splat(<u32>(high >> word));
  const second = i32x4.replace_lane(first, 1, <u32>((high + u64(low + 1 < low)) >> word));
  const third = i32x4.replace_lane(second, 2, <u32>((high + u64(low + 2 < low)) >> word));
  return i32x4.replace_lane(third, 3, <u32>((high + u64(low + 3 < low)) >> word));
}

/**
 * Writes `blocks` blocks of four words to `out`, for successive counters; up to three blocks more are written behind them.
 *
 * @param state six words: key low and high, then the counter from its lowest word; the counter is moved on by `blocks`
 */
export function philoxGenerate(state: usize, out: usize, blocks: u32): void {
  const key0 = i32x4.splat(load<u32>(state));
  const key1 = i32x4.splat(load<u32>(state, 4));
  const low = load<u64>(state, 8);
  const high = load<u64>(state, 16);
  const m0 = i32x4.splat(M0);
  const m1 = i32x4.splat(M1);
  const w0 = i32x4.splat(W0);
  const w1 = i32x4.splat(W1);
  for (let block: u64 = 0; block < <u64>blocks; block += 4, out += 64) {
    const now = low + block;
    const above = high + u64(now < low);
    let c0 = counterWords(now, 0);
    let c1 = counterWords(now, 32);
    let c2 = carriedWords(now, above, 0);
    let c3 = carriedWords(now, above, 32);
    let k0 = key0;
    let k1 = key1;
    for (let round = 0; round < 10; round++) {
      const p00 = i64x2.extmul_low_i32x4_u(m0, c0);
      const p01 = i64x2.extmul_high_i32x4_u(m0, c0);
      const p10 = i64x2.extmul_low_i32x4_u(m1, c2);
      const p11 = i64x2.extmul_high_i32x4_u(m1, c2);
      c0 = v128.xor(v128.xor(highWords(p10, p11), c1), k0);
      c1 = lowWords(p10, p11);
      c2 = v128.xor(v128.xor(highWords(p00, p01), c3), k1);
      c3 = lowWords(p00, p01);
      k0 = i32x4.add(k0, w0);
      k1 = i32x4.add(k1, w1);
    }
    const low01 = v128.shuffle<u32>(c0, c1, 0, 4, 1, 5);
    const low23 = v128.shuffle<u32>(c2, c3, 0, 4, 1, 5);
    const high01 = v128.shuffle<u32>(c0, c1, 2, 6, 3, 7);
    const high23 = v128.shuffle<u32>(c2, c3, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<u64>(low01, low23, 0, 2));
    v128.store(out, v128.shuffle<u64>(low01, low23, 1, 3), 16);
    v128.store(out, v128.shuffle<u64>(high01, high23, 0, 2), 32);
    v128.store(out, v128.shuffle<u64>(high01, high23, 1, 3), 48);
  }
  const end = low + <u64>blocks;
  store<u64>(state, end, 8);
  store<u64>(state, high + u64(end < low), 16);
}
