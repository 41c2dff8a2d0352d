// MT19937: M. Matsumoto & T. Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998; four words at a time.

/** Words of state, and of output in one block. */
export const N: usize = 624;
const M: usize = 397;
const UPPER: u32 = 0x80000000;
const LOWER: u32 = 0x7fffffff;
const MATRIX: u32 = 0x9908b0df;

function twistWord(state: usize, out: usize, k: usize, next: usize, far: usize): void {
  const y = (load<u32>(state + (k << 2)) & UPPER) | (load<u32>(state + (next << 2)) & LOWER);
  const word = load<u32>(state + (far << 2)) ^ (y >> 1) ^ ((0 - (y & 1)) & MATRIX);
  store<u32>(state + (k << 2), word);
  store<u32>(out + (k << 2), i32x4.extract_lane(tempered(i32x4.splat(word)), 0));
}

function twistVector(state: usize, out: usize, far: usize): void {
  const next = v128.load(state, 4);
  const y = v128.or(v128.and(v128.load(state), i32x4.splat(UPPER)), v128.and(next, i32x4.splat(LOWER)));
  const odd = i32x4.neg(v128.and(next, i32x4.splat(1)));
  const mixed = v128.xor(v128.load(far), i32x4.shr_u(y, 1));
  const words = v128.xor(mixed, v128.and(odd, i32x4.splat(MATRIX)));
  v128.store(state, words);
  v128.store(out, tempered(words));
}

function tempered(words: v128): v128 {
  let y = v128.xor(words, i32x4.shr_u(words, 11));
  y = v128.xor(y, v128.and(i32x4.shl(y, 7), i32x4.splat(0x9d2c5680)));
  y = v128.xor(y, v128.and(i32x4.shl(y, 15), i32x4.splat(0xefc60000)));
  return v128.xor(y, i32x4.shr_u(y, 18));
}

/** Initialises the state of N words from one integer (`init_genrand`), as NumPy's legacy RandomState does. */
export function mtSeed(state: usize, seed: u32): void {
  let word = seed;
  for (let i: u32 = 0; i < <u32>N; i++) {
    store<u32>(state + (i << 2), word);
    word = 1812433253 * (word ^ (word >> 30)) + i + 1;
  }
}

/** Moves the state on by N words and writes the N tempered words to `out`. */
export function mtGenerate(state: usize, out: usize): void {
  // A vector must not reach past what is final: the far word of word k is k + M, then k + M - N.
  const begin = state;
  let at = state;
  for (const end = state + ((N - M - 3) << 2); at < end; at += 16, out += 16) twistVector(at, out, at + (M << 2));
  out -= at - begin;
  let k = (at - begin) >> 2;
  for (; k < N - M; k++) twistWord(state, out, k, k + 1, k + M);
  at = begin + (k << 2);
  out += k << 2;
  for (const end = state + ((N - 4) << 2); at < end; at += 16, out += 16) twistVector(at, out, at - ((N - M) << 2));
  out -= at - begin;
  for (k = (at - begin) >> 2; k < N; k++) twistWord(state, out, k, k + 1 < N ? k + 1 : 0, k + M - N);
}
