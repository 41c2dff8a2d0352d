import { type PhiloxKey, philox4x32 } from '../random/philox4x32.js';
import { PURPOSES } from '../random/purposes.js';
import { normal, type RandomState } from '../random/randomState.js';
import { seedrandomKey } from '../random/seedrandomKey.js';
import type { Backend, Draw, FloatDraw, RootSeed, SourceName } from './backend.js';

/** Normals within two deviations of their mean: those outside are drawn again. */
function truncatedNormal(random: RandomState, mean: number, deviation: number): number {
  for (;;) {
    const value = normal(random);
    if (Math.abs(value) < 2) return mean + deviation * value;
  }
}

/** Where a tensor's stream is. */
function placeOf(repeat: number, { isBias, index }: { isBias: boolean; index: number }) {
  return [repeat, isBias ? 'biases' : 'kernels', index] as const;
}

/**
 * Ours. npm's seedrandom turns a seed, any number or string, into a key of 64 bits; under that key every purpose of every
 * repeat has its own Philox 4x32-10 stream of 2^64 blocks: counter words 2 and 3 are the repeat's index, and the purpose
 * with the layer's index above its lowest byte. So any repeat can be run alone, and changing one source or adding a layer
 * moves no other draw. A source with a seed of its own has that seed's key.
 */
export const seedrandom: Backend = {
  framework: 2,
  open({ root, sources = {} }: RootSeed) {
    const keys = new Map<number | string, PhiloxKey>();
    const keyOf = (source: SourceName): PhiloxKey => {
      const seed = sources[source] ?? root;
      const key = keys.get(seed) ?? seedrandomKey(seed);
      keys.set(seed, key);
      return key;
    };
    const counter = (repeat: number, purpose: keyof typeof PURPOSES, index: number) =>
      [0, 0, repeat, (PURPOSES[purpose] | (index << 8)) >>> 0] as const;
    const randomOf = (source: SourceName, ...place: Parameters<typeof counter>): RandomState => ({
      generator: philox4x32(keyOf(source), counter(...place)),
      spareNormal: undefined,
    });
    return {
      sequential: false,
      random: (source) => randomOf(source, 0, source, 0),
      repeat: (index, draws) => ({
        index,
        draws,
        results: [],
        shuffler: philox4x32(keyOf('shuffle'), counter(index, 'shuffle', 0)),
      }),
      write({ index, draws }, position, kernel, at) {
        const draw = draws[position] as FloatDraw;
        if (draw.kind === 'uniform') {
          const state = [...keyOf('initialization'), ...counter(...placeOf(index, draw))] as const;
          // The highest 24 bits are what a float32 in [0, 1) holds.
          kernel.exports.philoxUniforms(...state, 0, 24, at, draw.count, draw.low, draw.high);
          return;
        }
        const random = randomOf('initialization', ...placeOf(index, draw));
        const drawn = draw.kind === 'normal' ? normal : truncatedNormal;
        const values = kernel.floats(at, draw.count);
        for (let i = 0; i < draw.count; i++) values[i] = drawn(random, draw.mean, draw.deviation);
      },
      matrix({ index, draws }, position) {
        const draw = draws[position] as Extract<Draw, { kind: 'matrix' }>;
        const random = randomOf('initialization', ...placeOf(index, draw));
        return Float64Array.from({ length: draw.count }, () => normal(random));
      },
      noise({ index, draws }, position) {
        const { kind, index: layer } = draws[position] as Extract<Draw, { kind: 'dropout' | 'noise' }>;
        return [...keyOf(kind), ...counter(index, kind, layer)];
      },
      state: () => undefined,
    };
  },
};
