import type { Chunk } from '../network/trainer.js';
import { type Baton, drawNext } from './baton.js';
import type { RunPlan } from './record.js';
import type { Session } from './session.js';

/** What the threads of a run do together: the repeats from `first` on, in chunks of `size`. */
export interface SharedTask {
  readonly first: number;
  readonly size: number;
  /** Chunks that may be trained and not yet taken. */
  readonly lead: number;
  readonly baton: Baton;
}

export interface TrainedChunk {
  /** Which chunk it is, from 0. */
  readonly ordinal: number;
  readonly chunk: Chunk;
}

/** Draws and trains the next chunk, if there is one. */
export function trainNext(
  { trainer, open }: Session,
  { repeats }: RunPlan,
  { first, size, baton }: SharedTask,
): TrainedChunk | undefined {
  const next = drawNext(baton, (ordinal, state) => {
    const start = first + ordinal * size;
    if (start >= repeats) return { result: undefined, state };
    const stream = open(state);
    const planned = trainer.plan(stream, start, Math.min(size, repeats - start));
    return { result: { ordinal, planned }, state: stream.state() };
  });
  return next && { ordinal: next.ordinal, chunk: next.planned.train() };
}
