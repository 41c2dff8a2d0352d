import { type Kernel, type KernelExports, sharedKernel } from '../kernel/kernel.js';
import { scratch } from '../kernel/scratch.js';

/** Words that the kernel generates at once: MT19937's N, and 156 blocks of Philox. */
export const BLOCK = 624;

/** All there is to a generator: its state behind the block read last, that block, and how many words of it were read. */
export interface GeneratorState {
  readonly words: Uint32Array;
  /** BLOCK words; empty where none was read yet. */
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
   * Draws `times` Fisher–Yates shuffles of n ≥ 2 indices into a kernel's memory, for the kernel to apply. The state moves into
   * that kernel, whose memory must not grow from then on.
   *
   * @param at address with room for times · shuffleBytes(n) + 4 bytes
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
  let words: Uint32Array = from.words.slice();
  let block: Uint32Array = from.block.slice();
  let position = from.position;
  let home: Kernel | undefined;
  const resident = {
    evict() {
      words = words.slice();
      block = block.slice();
      home = undefined;
    },
  };

  /** Moves the state into a kernel's source, where it stays until another generator needs the place. */
  function moveInto(kernel: Kernel): void {
    if (home === kernel) return;
    if (home) home.resident = undefined;
    kernel.resident?.evict();
    const { exports } = kernel;
    const wordsThere = kernel.words(exports.sourceState.value as number, words.length);
    const blockThere = kernel.words(exports.sourceBlock.value as number, BLOCK);
    wordsThere.set(words);
    blockThere.set(block);
    exports.useSource(algorithm.source);
    words = wordsThere;
    block = blockThere;
    home = kernel;
    kernel.resident = resident;
  }

  return {
    next() {
      if (position === BLOCK) {
        const kernel = sharedKernel();
        const at = scratch(4 * (words.length + BLOCK));
        const out = at + 4 * words.length;
        kernel.words(at, words.length).set(words);
        algorithm.generate(kernel.exports, at, out);
        words.set(kernel.words(at, words.length));
        if (block.length === 0) block = new Uint32Array(BLOCK);
        block.set(kernel.words(out, BLOCK));
        position = 0;
      }
      return block[position++] as number;
    },
    clone: () => wordGenerator(algorithm, { words, block, position }),
    state: () => ({ words: words.slice(), block: block.slice(), position }),
    drawShuffles(kernel, at, n, times) {
      moveInto(kernel);
      position = kernel.exports.drawShuffles(at, n, times, position);
    },
  };
}

const WORD = 4294967296; // 2^32

/**
 * Bounded integer in [0, max] by masking and redrawing, as NumPy's legacy RandomState does: of no word where max is 0, of one
 * below 2^32, of two, the higher first, below 2^53.
 */
export function bounded(generator: WordGenerator, max: number): number {
  if (max === 0) return 0;
  if (max >= WORD) return boundedOfTwo(generator, max);
  const mask = 0xffffffff >>> Math.clz32(max);
  for (;;) {
    const value = (generator.next() & mask) >>> 0;
    if (value <= max) return value;
  }
}

function boundedOfTwo(generator: WordGenerator, max: number): number {
  const mask = 0xffffffff >>> Math.clz32(Math.floor(max / WORD));
  for (;;) {
    const high = (generator.next() & mask) >>> 0;
    const value = high * WORD + generator.next();
    if (value <= max) return value;
  }
}
