import { BLOCK, type GeneratorState } from '../random/wordGenerator.js';

/**
 * A sequential stream's state, handed from the chunk that drew from it to the next one, on whatever thread that is: one word
 * says whose turn it is, the rest is the state.
 */
export type Baton = SharedArrayBuffer;

const HEADER = 2; // whose turn, position
const WORDS = 624; // of MT19937, the generator of every sequential stream

export function createBaton(state: GeneratorState): Baton {
  const baton = new SharedArrayBuffer(4 * (HEADER + WORDS + BLOCK));
  write(baton, state);
  return baton;
}

/** Waits for the turn of chunk `ordinal`, blocking the thread, and takes the state. */
export function takeBaton(baton: Baton, ordinal: number): GeneratorState {
  const turn = new Int32Array(baton, 0, 1);
  for (let now = Atomics.load(turn, 0); now !== ordinal; now = Atomics.load(turn, 0)) Atomics.wait(turn, 0, now);
  const words = new Uint32Array(baton);
  return {
    position: words[1] as number,
    words: words.slice(HEADER, HEADER + WORDS),
    block: words.slice(HEADER + WORDS),
  };
}

/** Leaves the state to chunk `ordinal`. */
export function passBaton(baton: Baton, ordinal: number, state: GeneratorState): void {
  write(baton, state);
  const turn = new Int32Array(baton, 0, 1);
  Atomics.store(turn, 0, ordinal);
  Atomics.notify(turn, 0);
}

function write(baton: Baton, state: GeneratorState): void {
  const words = new Uint32Array(baton);
  words[1] = state.position;
  words.set(state.words, HEADER);
  words.set(state.block, HEADER + WORDS);
}
