// What dropout and Gaussian noise draw: each lane from a generator of its own, batch by batch.
import { allocate } from './memory';
import { MrgLanes, mrgLanesUniform, newMrgLanes, seedMrgLane } from './mrgLanes';
import { philoxGenerate } from './philox4x32';

/** Blocks by which one execution of a TensorFlow operation moves its generator on, for each value it gives. */
const RESERVED_BLOCKS: u64 = 256;
const PHILOX_STATE: usize = 24;
const TWO_PI: f32 = 6.283185307179586;
/** The least that the logarithm is taken of, as TensorFlow has it; Theano's uniforms are never 0. */
const LEAST_UNIFORM: f32 = 1e-7;

/** Whose generator it is, as TypeScript passes it. */
export const THEANO: u32 = 0;
export const TENSORFLOW: u32 = 1;
export const SEEDRANDOM: u32 = 2;

@unmanaged
export class Noise {
  framework: u32;
  mrg: MrgLanes;
  /** Philox's states of the four lanes, and room for one lane's words. */
  states: usize;
  words: usize;
  /** One vector a value. */
  uniforms: usize;
}

/**
 * A source for at most `most` values at a time.
 *
 * @param streams how many of MRG31k3p's streams are ever reached; 0 for the other frameworks
 */
export function newNoise(framework: u32, most: u32, streams: u32): Noise {
  const noise = changetype<Noise>(allocate(offsetof<Noise>()));
  noise.framework = framework;
  noise.uniforms = allocate((<usize>(most + 1)) << 4);
  if (framework == THEANO) {
    noise.mrg = newMrgLanes(streams);
  } else {
    noise.states = allocate(PHILOX_STATE << 2);
    noise.words = allocate((<usize>(most + 16)) << 2);
  }
  return noise;
}

/** Gives a lane its seed: MRG31k3p's; or six words of Philox, its key and the counter it starts from. */
export function seedNoiseLane(noise: Noise, lane: u32, w0: u32, w1: u32, w2: u32, w3: u32, w4: u32, w5: u32): void {
  if (noise.framework == THEANO) return seedMrgLane(noise.mrg, lane, w0);
  const state = noise.states + <usize>lane * PHILOX_STATE;
  store<u32>(state, w0);
  store<u32>(state, w1, 4);
  store<u32>(state, w2, 8);
  store<u32>(state, w3, 12);
  store<u32>(state, w4, 16);
  store<u32>(state, w5, 20);
}

/**
 * The next `count` uniforms in [0, 1) of each lane, one vector a value.
 *
 * @param values how many values are made of them: what TensorFlow moves its generator on by
 */
export function drawUniforms(noise: Noise, count: u32, values: u32 = count): usize {
  const out = noise.uniforms;
  if (noise.framework == THEANO) {
    mrgLanesUniform(noise.mrg, out, count);
    return out;
  }
  for (let lane: u32 = 0; lane < 4; lane++) {
    philoxLaneUniform(noise, lane, out + ((<usize>lane) << 2), count, values);
  }
  return out;
}

/** One lane's: TensorFlow takes the low 23 bits of a word, ours are the high 24. */
function philoxLaneUniform(noise: Noise, lane: u32, out: usize, count: u32, values: u32): void {
  const state = noise.states + <usize>lane * PHILOX_STATE;
  const from = load<u64>(state, 8);
  const above = load<u64>(state, 16);
  philoxGenerate(state, noise.words, (count + 3) >> 2);
  const tensorflow = noise.framework == TENSORFLOW;
  if (tensorflow) {
    const to = from + RESERVED_BLOCKS * <u64>values;
    store<u64>(state, to, 8);
    store<u64>(state, above + u64(to < from), 16);
  }
  for (let i: u32 = 0; i < count; i++, out += 16) {
    const word = load<u32>(noise.words + ((<usize>i) << 2));
    store<f32>(
      out,
      tensorflow ? <f32>(word & 0x7fffff) * (1 / <f32>0x800000) : <f32>(word >> 8) * (1 / <f32>0x1000000),
    );
  }
}

/** Writes masks of `count` values: all bits where a value is kept. */
export function drawMask(noise: Noise, mask: usize, count: u32, keep: f32): void {
  const share = f32x4.splat(keep);
  const one = f32x4.splat(1);
  let uniform = drawUniforms(noise, count);
  // TensorFlow keeps where keep + u, rounded, reaches 1.
  const tensorflow = noise.framework == TENSORFLOW;
  for (const end = mask + ((<usize>count) << 4); mask < end; mask += 16, uniform += 16) {
    const u = v128.load(uniform);
    v128.store(mask, tensorflow ? f32x4.ge(f32x4.add(share, u), one) : f32x4.lt(u, share));
  }
}

/** Writes `count` standard normals (Box & Muller 1958). */
export function drawNormals(noise: Noise, normals: usize, count: u32): void {
  const even = (count + 1) & ~1;
  const uniforms = drawUniforms(noise, even, count);
  // Theano pairs the first half with the second, cosines first; TensorFlow neighbours, sine first. So do ours.
  const theano = noise.framework == THEANO;
  const pairs = even >> 1;
  const apart: usize = theano ? (<usize>pairs) << 4 : 16;
  const next: usize = theano ? 16 : 32;
  let first = uniforms;
  for (let pair: u32 = 0; pair < pairs; pair++, first += next) {
    const at = normals + (first - uniforms);
    const second: u32 = theano ? pair + pairs : 2 * pair + 1;
    for (let lane: usize = 0; lane < 16; lane += 4) {
      const u = max(load<f32>(first + lane), LEAST_UNIFORM);
      const angle = TWO_PI * load<f32>(first + apart + lane);
      const radius = Mathf.sqrt(-2 * NativeMathf.log(u));
      const cosine = radius * NativeMathf.cos(angle);
      const sine = radius * NativeMathf.sin(angle);
      store<f32>(at + lane, theano ? cosine : sine);
      if (second < count) store<f32>(at + apart + lane, theano ? sine : cosine);
    }
  }
}
