// Randomness that no seed decides, for what is not reproducible by nature: SplitMix64 (G. Steele, D. Lea & C. Flood, OOPSLA 2014),
// started from the operating system's entropy.

let state: u64 = 0;

export function seedEntropy(seed: u64): void {
  state = seed;
}

export function nextEntropy(): u64 {
  state += 0x9e3779b97f4a7c15;
  const a = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
  const b = (a ^ (a >> 27)) * 0x94d049bb133111eb;
  return b ^ (b >> 31);
}

/** An integer in [0, n), but for a bias of less than n / 2^32. */
export function entropyBelow(n: u32): u32 {
  return <u32>(((nextEntropy() >> 32) * <u64>n) >> 32);
}
