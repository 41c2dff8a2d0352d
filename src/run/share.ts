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

/**
 * A thread's share of a task: each call trains a chunk, until there are none left. Where the stream is free, the next chunk is
 * drawn before one is trained, so that a thread seldom waits for another to draw.
 */
export function shareOf(session: Session, { repeats }: RunPlan, task: SharedTask): () => TrainedChunk | undefined {
  const { trainer, open } = session;
  const { first, size, baton } = task;
  const draw = (waits: boolean) =>
    drawNext(baton, waits, (ordinal, state) => {
      const start = first + ordinal * size;
      if (start >= repeats) return { result: undefined, state };
      const stream = open(state);
      const planned = trainer.plan(stream, start, Math.min(size, repeats - start));
      return { result: { ordinal, planned }, state: stream.state() };
    });
  let ahead: ReturnType<typeof draw>;
  return () => {
    const next = ahead ?? draw(true);
    ahead = next && draw(false);
    return next && { ordinal: next.ordinal, chunk: next.planned.train() };
  };
}
