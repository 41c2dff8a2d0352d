import type { NoiseSeed } from '../src/backends/backend.js';
import { mrg31k3p } from '../src/random/mrg31k3p.js';
import { philoxWords } from '../src/random/philox4x32.js';

/** What a noisy layer draws, one batch after the other, each of so many values. */
export interface Noises {
  /** Whether each value is kept. */
  mask(count: number, rate: number): boolean[];
  /** Standard normals, in float64 from float32 uniforms. */
  normals(count: number): number[];
  /** A batch that validates takes so many uniforms, on Theano. */
  validate(count: number): void;
}

type Uniforms = (count: number) => ArrayLike<number>;
const MOST_STREAMS = 15360; // Theano 0.9.0, where a size is symbolic

/** The normals of two uniforms (Box & Muller 1958): cosine, then sine. */
function pair(first: number, second: number): [number, number] {
  const radius = Math.sqrt(-2 * Math.log(Math.max(first, 1e-7)));
  const angle = 2 * Math.PI * second;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

function theanoNoises([seed]: NoiseSeed): Noises {
  const streams = mrg31k3p(seed, MOST_STREAMS);
  const keep = (rate: number) => Math.fround(1 - rate);
  const evenly = (count: number) => count + (count % 2);
  return {
    mask: (count, rate) => [...streams.uniform(count)].map((u) => u < keep(rate)),
    normals(count) {
      const half = evenly(count) / 2;
      const uniforms = streams.uniform(2 * half);
      const pairs = Array.from({ length: half }, (_, i) => pair(uniforms[i]!, uniforms[half + i]!));
      return [...pairs.map(([cosine]) => cosine), ...pairs.map(([, sine]) => sine)].slice(0, count);
    },
    validate: (count) => void streams.uniform(count),
  };
}

/** Neighbours make a pair of normals, sine first. */
function philoxNoises(uniforms: Uniforms, isKept: (u: number, rate: number) => boolean): Noises {
  return {
    mask: (count, rate) =>
      Array.from(uniforms(count))
        .slice(0, count)
        .map((u) => isKept(u, rate)),
    normals(count) {
      const drawn = uniforms(count);
      const sines = Array.from({ length: Math.ceil(count / 2) }, (_, i) => pair(drawn[2 * i]!, drawn[2 * i + 1]!));
      return sines.flatMap(([cosine, sine]) => [sine, cosine]).slice(0, count);
    },
    validate: () => {},
  };
}

/** The words of each batch, in whole blocks; it moves the counter on by `reserved(count)`. */
function philoxBatches([k0, k1, ...counter]: NoiseSeed, reserved: (count: number) => number) {
  let at = counter.reduce((sum, word, i) => sum + (BigInt(word) << BigInt(32 * i)), 0n);
  return (count: number): Uint32Array => {
    const word = (i: number) => Number((at >> BigInt(32 * i)) & 0xffffffffn);
    const words = philoxWords([k0, k1], [word(0), word(1), word(2), word(3)], 4 * Math.ceil(count / 4));
    at += BigInt(reserved(count));
    return words;
  };
}

function tensorflowNoises(words: NoiseSeed): Noises {
  // TensorFlow 1.x, random_op.cc: ReserveRandomOutputs(output_flat.size(), 256)
  const batch = philoxBatches(words, (count) => 256 * count);
  return philoxNoises(
    (count) => Array.from(batch(count), (word) => (word & 0x7fffff) / 2 ** 23),
    (u, rate) => Math.floor(Math.fround(Math.fround(1 - rate) + u)) === 1,
  );
}

function seedrandomNoises(words: NoiseSeed): Noises {
  const batch = philoxBatches(words, (count) => Math.ceil(count / 4));
  return philoxNoises(
    (count) => Array.from(batch(count), (word) => (word >>> 8) / 2 ** 24),
    (u, rate) => u < Math.fround(1 - rate),
  );
}

/** The noises of a framework, by its number in the kernel. */
export function noisesOf(framework: number, words: NoiseSeed): Noises {
  return [theanoNoises, tensorflowNoises, seedrandomNoises][framework]!(words);
}
