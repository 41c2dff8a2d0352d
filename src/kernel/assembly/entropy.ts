// Randomness that no seed decides, for what is not reproducible by nature: SplitMix64 started from the operating system's entropy.
import { GAMMA, mix } from './splitMix64';

let state: u64 = 0;

export function seedEntropy(seed: u64): void {
  state = seed;
}

export function nextEntropy(): u64 {
  state += GAMMA;
  return mix(state);
}

/** An integer in [0, n), but for a bias of less than n / 2^32. */
export function entropyBelow(n: u32): u32 {
  return <u32>(((nextEntropy() >> 32) * <u64>n) >> 32);
}
