import { type Kernel, type KernelExports, sharedKernel } from '../kernel/kernel.js';
import { scratch } from '../kernel/scratch.js';

/** Words that the kernel generates at once: MT19937's N, and 156 blocks of Philox. */
export const BLOCK = 624;

/** All there is to a generator: its state behind the block read last, that block, and how many words of it were read. */
export interface GeneratorState {
  readonly words: Uint32Array;
  readonly block: Uint32Array;
  readonly position: number;
}

/** A generator of 32-bit words, a value: whoever holds it draws from it, and nothing else does. */
export interface WordGenerator {
  /** The next word, 0 … 2^32 − 1. */
  next(): number;
  /** A generator that will give the same words. */
  clone(): WordGenerator;
  state(): GeneratorState;
  /**
   * Draws the words of `times` Fisher–Yates shuffles of n indices into a kernel's memory, for the kernel to swap by.
   *
   * @param at address with room for times · (n − 1) + 1 words
   */
  drawShuffles(kernel: Kernel, at: number, n: number, times: number): void;
}

/** How the kernel knows a generator: the number of its source in words.ts, and the function that fills a block. */
export interface Algorithm {
  readonly source: number;
  generate(exports: KernelExports, state: number, out: number): void;
}

/** The generator that continues from a state; the state is left as it is. */
export function wordGenerator(algorithm: Algorithm, from: GeneratorState): WordGenerator {
  const words = from.words.slice();
  const block = from.block.slice();
  let position = from.position;
  return {
    next() {
      if (position === BLOCK) {
        const kernel = sharedKernel();
        const at = scratch(4 * (words.length + BLOCK));
        const out = at + 4 * words.length;
        kernel.words(at, words.length).set(words);
        algorithm.generate(kernel.exports, at, out);
        words.set(kernel.words(at, words.length));
        block.set(kernel.words(out, BLOCK));
        position = 0;
      }
      return block[position++] as number;
    },
    clone: () => wordGenerator(algorithm, { words, block, position }),
    state: () => ({ words: words.slice(), block: block.slice(), position }),
    drawShuffles(kernel, at, n, times) {
      const { exports } = kernel;
      const stateAt = exports.sourceState.value as number;
      const blockAt = exports.sourceBlock.value as number;
      exports.useSource(algorithm.source);
      kernel.words(stateAt, words.length).set(words);
      kernel.words(blockAt, BLOCK).set(block);
      position = exports.drawShuffles(at, n, times, position);
      words.set(kernel.words(stateAt, words.length));
      block.set(kernel.words(blockAt, BLOCK));
    },
  };
}

/** Bounded integer in [0, max] by masking and redrawing, as NumPy's legacy RandomState does; max is below 2^32. */
export function bounded(generator: WordGenerator, max: number): number {
  const mask = max === 0 ? 0 : 0xffffffff >>> Math.clz32(max);
  for (;;) {
    const value = (generator.next() & mask) >>> 0;
    if (value <= max) return value;
  }
}
