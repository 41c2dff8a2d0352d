// SplitMix64: G. Steele, D. Lea & C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. The states are start,
// start + GAMMA, start + 2 GAMMA …, and a state's bits, mixed, are the number.

export const GAMMA: u64 = 0x9e3779b97f4a7c15;

export function mix(state: u64): u64 {
  const a = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
  const b = (a ^ (a >> 27)) * 0x94d049bb133111eb;
  return b ^ (b >> 31);
}
