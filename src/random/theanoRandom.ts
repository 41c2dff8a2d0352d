import { cosf, logf, sinf } from '../kernel/elementary.js';
import type { Kernel } from '../kernel/kernel.js';
import { type MrgStreams, mrg31k3p } from './mrg31k3p.js';

const TWO_PI = Math.fround(6.283185307179586);
/** Most streams Theano 0.9 uses: 60 blocks of 256 threads on the cards of its day. */
const MOST_STREAMS = 15360;

/** How many streams Theano's MRG_RandomStreams uses for a tensor of so many values (`guess_n_streams`). */
export function guessStreams(count: number): number {
  return count > 6 ? Math.min(Math.floor(count / 6), MOST_STREAMS) : Math.max(count, 1);
}

/** `MRG_RandomStreams(seed).uniform`: `count` float32 in [low, high), written to a byte address in a kernel. */
export function theanoUniform(
  kernel: Kernel,
  at: number,
  seed: number,
  count: number,
  low: number,
  high: number,
): void {
  kernel.exports.theanoUniforms(seed, guessStreams(count), at, count, low, high);
}

/** Standard normals of given streams (Box & Muller 1958): all cosines, then all sines, cut to the count. */
function standardNormals(streams: MrgStreams, count: number): Float32Array {
  const half = Math.ceil(count / 2);
  const uniforms = streams.uniform(2 * half);
  const values = new Float32Array(2 * half);
  for (let i = 0; i < half; i++) {
    const radius = Math.fround(Math.sqrt(Math.fround(-2 * logf(uniforms[i] as number))));
    const angle = Math.fround(TWO_PI * (uniforms[half + i] as number));
    values[i] = radius * cosf(angle);
    values[half + i] = radius * sinf(angle);
  }
  return values.subarray(0, count);
}

/** `MRG_RandomStreams(seed).normal`: `count` float32. */
export function theanoNormal(seed: number, count: number, mean: number, deviation: number): Float32Array {
  const streams = mrg31k3p(seed, guessStreams(count + (count % 2)));
  return standardNormals(streams, count).map(
    (value) => Math.fround(value * Math.fround(deviation)) + Math.fround(mean),
  );
}

/** Keras' truncated normal on Theano: a normal clipped, not redrawn, at two deviations. */
export function theanoTruncatedNormal(seed: number, count: number, mean: number, deviation: number): Float32Array {
  const reach = Math.fround(2 * Math.fround(deviation));
  const low = Math.fround(Math.fround(mean) - reach);
  const high = Math.fround(Math.fround(mean) + reach);
  return theanoNormal(seed, count, mean, deviation).map((value) => Math.min(Math.max(value, low), high));
}
