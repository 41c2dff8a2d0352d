// MRG31k3p: P. L'Ecuyer & R. Touzin, "Fast combined multiple recursive generators with multipliers of the form
// a = ±2^q ± 2^r", WSC 2000; with the streams and the float32 normalisation of Theano 0.9's rng_mrg.

export const M1: u64 = 2147483647;
export const M2: u64 = 2147462579;
/** 1 / M1 as Theano's C code spells it. */
export const NORM: f32 = 4.6566126e-10;
/** 2^31 mod M2 */
export const FOLD: u32 = 21069;
/** Bytes of one stream's state: three words of each component. */
export const STATE: usize = 24;

// A1^(2^72) and A2^(2^72), row by row: one step from a stream to the next.
const JUMP1 = memory.data<u32>([
  1516919229, 758510237, 499121365, 1884998244, 1516919229, 335398200, 601897748, 1884998244, 358115744,
]);
const JUMP2 = memory.data<u32>([
  1228857673, 1496414766, 954677935, 1133297478, 1407477216, 1496414766, 2002613992, 1639496704, 1407477216,
]);

function jumpComponent(matrix: usize, from: usize, to: usize, modulus: u64): void {
  const x0 = <u64>load<u32>(from);
  const x1 = <u64>load<u32>(from, 4);
  const x2 = <u64>load<u32>(from, 8);
  for (let row = 0; row < 3; row++, matrix += 12, to += 4) {
    // Three products below 2^62 stay below 2^64 once the first two are reduced.
    const sum =
      ((<u64>load<u32>(matrix) * x0) % modulus) +
      ((<u64>load<u32>(matrix, 4) * x1) % modulus) +
      <u64>load<u32>(matrix, 8) * x2;
    store<u32>(to, <u32>(sum % modulus));
  }
}

/** Fills the states of streams 1 … count - 1, each 2^72 steps after the one before; stream 0 is given. */
export function mrgStreams(states: usize, count: u32): void {
  for (let i: u32 = 1; i < count; i++, states += STATE) {
    jumpComponent(JUMP1, states, states + STATE, M1);
    jumpComponent(JUMP2, states + 12, states + STATE + 12, M2);
  }
}

/** x mod a modulus that x is below twice of. */
function wrapped(x: u32, modulus: u32): u32 {
  return min(x, x - modulus);
}

/** 2^15 x mod M2, where 2^31 is FOLD. */
function shifted15(x: u32): u32 {
  return wrapped((x >> 16) * FOLD + ((x & 0xffff) << 15), <u32>M2);
}

/** `count` float32 uniforms in (0, 1): element i from stream i mod `streams`; the states move on. */
export function mrgUniform(states: usize, streams: u32, out: usize, count: u32): void {
  const end = states + <usize>streams * STATE;
  let state = states;
  for (let i: u32 = 0; i < count; i++, out += 4) {
    const x12 = load<u32>(state, 4);
    const x13 = load<u32>(state, 8);
    const x21 = load<u32>(state, 12);
    const x23 = load<u32>(state, 20);
    // 2^22 x12 + 2^7 x13 + x13, each product a rotation of 31 bits.
    const far = ((x12 & 0x1ff) << 22) | (x12 >> 9);
    const near = ((x13 & 0xffffff) << 7) | (x13 >> 24);
    const y1 = wrapped(wrapped(far + near, <u32>M1) + x13, <u32>M1);
    const y2 = wrapped(wrapped(shifted15(x21) + shifted15(x23), <u32>M2) + x23, <u32>M2);
    store<u32>(state, x12, 8);
    store<u32>(state, load<u32>(state), 4);
    store<u32>(state, y1);
    store<u32>(state, load<u32>(state, 16), 20);
    store<u32>(state, x21, 16);
    store<u32>(state, y2, 12);
    const difference = y1 <= y2 ? y1 - y2 + <u32>M1 : y1 - y2;
    store<f32>(out, <f32>(<i32>difference) * NORM);
    state += STATE;
    if (state == end) state = states;
  }
}
