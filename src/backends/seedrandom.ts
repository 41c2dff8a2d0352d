import { philox4x32 } from '../random/philox4x32.js';
import { seedrandomGenerator } from '../random/seedrandom.js';
import type { Backend } from './backend.js';

/** Purposes that have streams of their own; the numbers are part of the contract seed → digest. */
const SOURCES = { initialization: 0, shuffling: 1 } as const;

/**
 * Ours. npm's seedrandom turns the root seed, any number or string, into a key of 64 bits; under that key every purpose of
 * every repeat has its own Philox 4x32-10 stream of 2^64 blocks: counter words 2 and 3 are the repeat's index, and the
 * source with the tensor's index above its lowest byte. So any repeat can be run alone, and changing one source or adding
 * a layer moves no other draw.
 */
export const seedrandom: Backend = {
  reluSlopeAtZero: 0,
  open({ root }) {
    const generator = seedrandomGenerator(root);
    const key = [generator.nextWord(), generator.nextWord()] as const;
    const counter = (repeat: number, source: number, index: number) =>
      [0, 0, repeat, (source | (index << 8)) >>> 0] as const;
    return {
      sequential: false,
      repeat: (index) => ({
        uniform({ index: tensor, count, low, high }, kernel, at) {
          const state = [...key, ...counter(index, SOURCES.initialization, tensor)] as const;
          // The highest 24 bits are what a float32 in [0, 1) holds.
          kernel.exports.philoxUniforms(...state, 0, 24, at, count, low, high);
        },
        shuffler: philox4x32(key, counter(index, SOURCES.shuffling, 0)),
      }),
      state: () => undefined,
    };
  },
};
