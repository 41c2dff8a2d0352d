import { sharedKernel } from '../kernel/kernel.js';
import { scratch } from '../kernel/scratch.js';
import { type Algorithm, BLOCK, type GeneratorState, type WordGenerator, wordGenerator } from './wordGenerator.js';

const N = 624; // Matsumoto & Nishimura 1998

const algorithm: Algorithm = {
  source: 0,
  generate: (exports, state, out) => exports.mtGenerate(state, out),
};

/** MT19937 initialised by one integer, 0 … 2^32 − 1, as NumPy's legacy RandomState is (`init_genrand`). */
export function mt19937(seed: number): WordGenerator {
  const { exports, words } = sharedKernel();
  const at = scratch(4 * N);
  exports.mtSeed(at, seed);
  return mt19937From({ words: words(at, N), block: new Uint32Array(0), position: BLOCK });
}

/** The generator that a state was taken from. */
export function mt19937From(state: GeneratorState): WordGenerator {
  return wordGenerator(algorithm, state);
}
