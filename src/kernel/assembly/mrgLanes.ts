// MRG31k3p for four repeats at once, each under a seed of its own. A stream's state is linear in the seed: it is the state that
// seed 1 gives, times the seed; so streams are jumped to once, whatever the number of repeats.
import { allocate } from './memory';
import { FOLD, M1, M2, mrgStreams, NORM, STATE } from './mrg31k3p';

/** Bytes of four repeats' states of one stream. */
const LANES_STATE: usize = STATE << 2;

@unmanaged
export class MrgLanes {
  streams: u32;
  /** The states of all streams under seed 1. */
  units: usize;
  /** streams × 6 vectors. */
  states: usize;
}

export function newMrgLanes(streams: u32): MrgLanes {
  const lanes = changetype<MrgLanes>(allocate(offsetof<MrgLanes>()));
  lanes.streams = streams;
  lanes.units = allocate(<usize>streams * STATE);
  lanes.states = allocate(<usize>streams * LANES_STATE);
  for (let word: usize = 0; word < STATE; word += 4) store<u32>(lanes.units + word, 1);
  mrgStreams(lanes.units, streams);
  return lanes;
}

/** Starts a lane's streams from a seed. */
export function seedMrgLane(lanes: MrgLanes, lane: u32, seed: u32): void {
  let unit = lanes.units;
  let state = lanes.states + ((<usize>lane) << 2);
  for (const end = unit + <usize>lanes.streams * STATE; unit < end; unit += STATE, state += LANES_STATE) {
    for (let word: usize = 0; word < 6; word++) {
      const modulus = word < 3 ? M1 : M2;
      store<u32>(state + (word << 4), <u32>((<u64>load<u32>(unit + (word << 2)) * <u64>seed) % modulus));
    }
  }
}

/** x mod a modulus that x is below twice of, unsigned. */
function wrapped(x: v128, modulus: v128): v128 {
  return i32x4.min_u(x, i32x4.sub(x, modulus));
}

/** The next `count` uniforms in (0, 1) of each lane: element i from stream i mod streams. */
export function mrgLanesUniform(lanes: MrgLanes, out: usize, count: u32): void {
  const m1 = i32x4.splat(<u32>M1);
  const m2 = i32x4.splat(<u32>M2);
  const end = lanes.states + <usize>lanes.streams * LANES_STATE;
  let state = lanes.states;
  for (let i: u32 = 0; i < count; i++, out += 16) {
    const x12 = v128.load(state, 16);
    const x13 = v128.load(state, 32);
    const x21 = v128.load(state, 48);
    const x23 = v128.load(state, 80);
    // 2^22 x12 + 2^7 x13 + x13, each product a rotation of 31 bits.
    const far = v128.or(i32x4.shl(v128.and(x12, i32x4.splat(0x1ff)), 22), i32x4.shr_u(x12, 9));
    const near = v128.or(i32x4.shl(v128.and(x13, i32x4.splat(0xffffff)), 7), i32x4.shr_u(x13, 24));
    const y1 = wrapped(i32x4.add(wrapped(i32x4.add(far, near), m1), x13), m1);
    // 2^15 x21 + 2^15 x23 + x23, where 2^31 is FOLD.
    const y2 = wrapped(i32x4.add(wrapped(i32x4.add(shifted15(x21, m2), shifted15(x23, m2)), m2), x23), m2);
    v128.store(state, x12, 32);
    v128.store(state, v128.load(state), 16);
    v128.store(state, y1);
    v128.store(state, v128.load(state, 64), 80);
    v128.store(state, x21, 64);
    v128.store(state, y2, 48);
    const difference = i32x4.add(i32x4.sub(y1, y2), v128.and(m1, i32x4.le_s(y1, y2)));
    v128.store(out, f32x4.mul(f32x4.convert_i32x4_s(difference), f32x4.splat(NORM)));
    state += LANES_STATE;
    if (state == end) state = lanes.states;
  }
}

/** 2^15 x mod M2 */
function shifted15(x: v128, m2: v128): v128 {
  const high = i32x4.mul(i32x4.shr_u(x, 16), i32x4.splat(FOLD));
  const low = i32x4.shl(v128.and(x, i32x4.splat(0xffff)), 15);
  return wrapped(i32x4.add(high, low), m2);
}
