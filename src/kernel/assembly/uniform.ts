// Tensors of float32 uniforms, as the frameworks draw them.
import { mrgStreams, mrgUniform, STATE } from './mrg31k3p';
import { philoxGenerate } from './philox4x32';

/** The states of MRG31k3p's streams, with room for the most that Theano uses. */
const streams = memory.data(15360 * 24, 16);
/** Philox's state, and the words of four blocks. */
const philox = memory.data(24, 16);
const words = memory.data(64, 16);

/** u · (high − low) + low in place, in float32. */
function scale(at: usize, count: u32, low: f32, high: f32): void {
  const width = high - low;
  for (const end = at + ((<usize>count) << 2); at < end; at += 4) store<f32>(at, load<f32>(at) * width + low);
}

/**
 * `count` uniforms in [low, high) of a new MRG31k3p.
 *
 * @param seed all six words of its first stream
 * @param streamCount at most 15,360
 */
export function theanoUniforms(seed: u32, streamCount: u32, out: usize, count: u32, low: f32, high: f32): void {
  for (let word: usize = 0; word < STATE; word += 4) store<u32>(streams + word, seed);
  mrgStreams(streams, streamCount);
  mrgUniform(streams, streamCount, out, count);
  scale(out, count, low, high);
}

/**
 * `count` uniforms in [low, high) of Philox's words under a key, from a counter on.
 *
 * @param drop how many of a word's highest bits are left out
 * @param bits how many of the following ones make the uniform
 */
export function philoxUniforms(
  key0: u32,
  key1: u32,
  counter0: u32,
  counter1: u32,
  counter2: u32,
  counter3: u32,
  drop: u32,
  bits: u32,
  out: usize,
  count: u32,
  low: f32,
  high: f32,
): void {
  store<u32>(philox, key0);
  store<u32>(philox, key1, 4);
  store<u32>(philox, counter0, 8);
  store<u32>(philox, counter1, 12);
  store<u32>(philox, counter2, 16);
  store<u32>(philox, counter3, 20);
  const unit: f32 = 1 / <f32>(1 << bits);
  for (let first: u32 = 0; first < count; first += 16) {
    philoxGenerate(philox, words, 4);
    for (let i: u32 = 0; i < min(16, count - first); i++) {
      const word = (load<u32>(words + (i << 2)) << drop) >> (32 - bits);
      store<f32>(out + ((<usize>(first + i)) << 2), <f32>word * unit);
    }
  }
  scale(out, count, low, high);
}
