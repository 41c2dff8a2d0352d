// A source of random 32-bit words: a generator's state, and a block of its output read word by word.
import { mtGenerate, N } from './mt19937';
import { philoxGenerate } from './philox4x32';

/** The kinds of generator behind a source, as TypeScript passes them. */
export const MT19937: u32 = 0;
export const PHILOX: u32 = 1;

/** Both generators give blocks of the same size: N is a multiple of Philox's four. */
export const BLOCK: usize = N << 2;

let kind: u32 = MT19937;
/** The state of the source in use: MT19937's 624 words, or Philox's six. */
export const sourceState = memory.data(2496, 16);
/** The block of output that is being read. */
export const sourceBlock = memory.data(2496, 16);

/** Tells which generator `sourceState` belongs to. */
export function useSource(generator: u32): void {
  kind = generator;
}

/** Fills the block anew. */
export function refill(): void {
  if (kind == MT19937) mtGenerate(sourceState, sourceBlock);
  else philoxGenerate(sourceState, sourceBlock, <u32>(N >> 2));
}
