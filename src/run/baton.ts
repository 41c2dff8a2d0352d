import type { RandomStateSnapshot } from '../random/randomState.js';
import { BLOCK } from '../random/wordGenerator.js';

/**
 * What the threads of a run share: which chunk is next to be drawn, how many the main thread has taken and, where the stream is
 * sequential, its state, handed from the chunk that drew from it to the next one, on whatever thread that is.
 */
export type Baton = SharedArrayBuffer;

/** The words before the generator's. */
const HELD = 0;
const NEXT = 1;
const TAKEN = 2;
const SEQUENTIAL = 3;
const POSITION = 4;
/** Whether there is a spare normal, and its two words. */
const SPARE = 5;
const HEADER = 8;
const WORDS = 624; // of MT19937, the generator of every sequential stream
/** An ordinal behind every chunk. */
const NEVER = 1 << 30;

export function createBaton(state: RandomStateSnapshot | undefined): Baton {
  const baton = new SharedArrayBuffer(4 * (HEADER + WORDS + BLOCK));
  if (state) {
    new Int32Array(baton)[SEQUENTIAL] = 1;
    write(baton, state);
  }
  return baton;
}

/**
 * Takes the next ordinal, and the state of a sequential stream, which nobody else has until `draw` returns where it stands then.
 *
 * @param waits whether to wait for a state that another thread has, blocking this one
 * @returns undefined where another thread has it, and nobody waits
 */
export function drawNext<T>(
  baton: Baton,
  waits: boolean,
  draw: (
    ordinal: number,
    state: RandomStateSnapshot | undefined,
  ) => { result: T; state: RandomStateSnapshot | undefined },
): T | undefined {
  const header = new Int32Array(baton, 0, HEADER);
  if (header[SEQUENTIAL] === 0) return draw(Atomics.add(header, NEXT, 1), undefined).result;
  while (Atomics.compareExchange(header, HELD, 0, 1) !== 0) {
    if (!waits) return undefined;
    Atomics.wait(header, HELD, 1);
  }
  try {
    const { result, state } = draw(Atomics.add(header, NEXT, 1), read(baton));
    if (state) write(baton, state);
    return result;
  } finally {
    // Also where drawing fails: nobody shall wait for a thread that has ended.
    Atomics.store(header, HELD, 0);
    Atomics.notify(header, HELD, 1);
  }
}

/** Waits, blocking the thread, until the main thread has taken so many chunks. */
export function waitUntilTaken(baton: Baton, count: number): void {
  const header = new Int32Array(baton, 0, HEADER);
  for (let taken = Atomics.load(header, TAKEN); taken < count; taken = Atomics.load(header, TAKEN)) {
    Atomics.wait(header, TAKEN, taken);
  }
}

/** Tells the threads that so many chunks have been taken. */
export function take(baton: Baton, count: number): void {
  const header = new Int32Array(baton, 0, HEADER);
  Atomics.store(header, TAKEN, count);
  Atomics.notify(header, TAKEN);
}

/** Lets no thread draw another chunk, or wait. */
export function stop(baton: Baton): void {
  Atomics.store(new Int32Array(baton, 0, HEADER), NEXT, NEVER);
  take(baton, NEVER);
}

function read(baton: Baton): RandomStateSnapshot {
  const words = new Uint32Array(baton);
  const generator = {
    position: words[POSITION] as number,
    words: words.slice(HEADER, HEADER + WORDS),
    block: words.slice(HEADER + WORDS),
  };
  const [spareNormal] = new Float64Array(words.slice(SPARE + 1, SPARE + 3).buffer);
  return { generator, spareNormal: words[SPARE] === 1 ? spareNormal : undefined };
}

function write(baton: Baton, { generator, spareNormal }: RandomStateSnapshot): void {
  const words = new Uint32Array(baton);
  words[POSITION] = generator.position;
  words[SPARE] = spareNormal === undefined ? 0 : 1;
  words.set(new Uint32Array(Float64Array.of(spareNormal ?? 0).buffer), SPARE + 1);
  words.set(generator.words, HEADER);
  words.set(generator.block, HEADER + WORDS);
}
