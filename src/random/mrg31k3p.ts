import { sharedKernel } from '../kernel/kernel.js';
import { scratch } from '../kernel/scratch.js';

/** Seeds are 1 … M2 − 1 (L'Ecuyer & Touzin 2000: the modulus of the second component). */
export const M2 = 2147462579;

/** Streams of MRG31k3p spaced 2^72 steps apart. */
export interface MrgStreams {
  /** The next `count` float32 uniforms in (0, 1): element i from stream i mod n. */
  uniform(count: number): Float32Array;
  clone(): MrgStreams;
  /** n × 6 words. */
  state(): Uint32Array;
}

/**
 * `streams` streams, the first of which starts with all six words equal to the seed, as Theano 0.9 seeds them.
 *
 * @throws RangeError where the seed is not 1 … 2147462578
 */
export function mrg31k3p(seed: number, streams: number): MrgStreams {
  if (!(Number.isInteger(seed) && seed > 0 && seed < M2)) throw new RangeError(`an MRG31k3p seed is 1 … ${M2 - 1}`);
  const { exports, words } = sharedKernel();
  const at = scratch(24 * streams);
  words(at, 6).fill(seed);
  exports.mrgStreams(at, streams);
  return fromState(words(at, 6 * streams).slice());
}

function fromState(state: Uint32Array): MrgStreams {
  return {
    uniform(count) {
      const { exports, words, floats } = sharedKernel();
      const at = scratch(4 * (state.length + count));
      const out = at + 4 * state.length;
      words(at, state.length).set(state);
      exports.mrgUniform(at, state.length / 6, out, count);
      state.set(words(at, state.length));
      return floats(out, count).slice();
    },
    clone: () => fromState(state.slice()),
    state: () => state.slice(),
  };
}
