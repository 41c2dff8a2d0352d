import { sharedKernel } from '../kernel/kernel.js';
import { scratch } from '../kernel/scratch.js';
import { type Algorithm, BLOCK, type WordGenerator, wordGenerator } from './wordGenerator.js';

/** Key of two words and counter of four, each from its lowest word. */
export type PhiloxKey = readonly [number, number];
export type PhiloxCounter = readonly [number, number, number, number];

const algorithm: Algorithm = {
  source: 1,
  generate: (exports, state, out) => exports.philoxGenerate(state, out, BLOCK / 4),
};

/** Philox 4x32-10 (Salmon et al. 2011): blocks of four words, for successive counters; the lower 64 bits carry. */
export function philox4x32(key: PhiloxKey, counter: PhiloxCounter): WordGenerator {
  const words = Uint32Array.of(...key, ...counter);
  return wordGenerator(algorithm, { words, block: new Uint32Array(0), position: BLOCK });
}

/** The first `count` words of such a generator, without one. */
export function philoxWords(key: PhiloxKey, counter: PhiloxCounter, count: number): Uint32Array {
  const { exports, words } = sharedKernel();
  const blocks = Math.ceil(count / 4);
  const at = scratch(24 + 16 * (blocks + 3)); // the kernel writes four blocks at a time
  words(at, 6).set([...key, ...counter]);
  exports.philoxGenerate(at, at + 24, blocks);
  return words(at + 24, count).slice();
}
