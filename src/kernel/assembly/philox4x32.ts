// Philox 4x32-10: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.

const M0: u64 = 0xd2511f53;
const M1: u64 = 0xcd9e8d57;
const W0: u32 = 0x9e3779b9;
const W1: u32 = 0xbb67ae85;

/**
 * Writes `blocks` blocks of four words to `out`, for successive counters.
 *
 * @param state six words: key low and high, then the counter from its lowest word; the counter is moved on by `blocks`
 */
export function philoxGenerate(state: usize, out: usize, blocks: u32): void {
  const key0 = load<u32>(state);
  const key1 = load<u32>(state, 4);
  let low = load<u64>(state, 8);
  let high = load<u64>(state, 16);
  for (let block: u32 = 0; block < blocks; block++, out += 16) {
    let c0 = <u32>low;
    let c1 = <u32>(low >> 32);
    let c2 = <u32>high;
    let c3 = <u32>(high >> 32);
    let k0 = key0;
    let k1 = key1;
    for (let round = 0; round < 10; round++) {
      const p0 = M0 * <u64>c0;
      const p1 = M1 * <u64>c2;
      c0 = <u32>(p1 >> 32) ^ c1 ^ k0;
      c1 = <u32>p1;
      c2 = <u32>(p0 >> 32) ^ c3 ^ k1;
      c3 = <u32>p0;
      k0 += W0;
      k1 += W1;
    }
    store<u32>(out, c0);
    store<u32>(out, c1, 4);
    store<u32>(out, c2, 8);
    store<u32>(out, c3, 12);
    low++;
    if (low == 0) high++;
  }
  store<u64>(state, low, 8);
  store<u64>(state, high, 16);
}
