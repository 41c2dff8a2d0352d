import type { Chunk } from '../network/trainer.js';
import { type Baton, drawNext } from './baton.js';
import type { Session } from './session.js';

/** What the threads of a run do together: the repeats from `first` to before `to`, in chunks of `size`. */
export interface SharedTask {
  readonly first: number;
  readonly to: number;
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
 * drawn before one is trained, so that a thread seldom waits for another to draw. Where draws follow from the training before them, a
 * chunk is trained as it is drawn.
 */
export function shareOf(session: Session, task: SharedTask): () => TrainedChunk | undefined {
  const { trainer, open } = session;
  const { first, to, size, baton } = task;
  const draw = (waits: boolean) =>
    drawNext(baton, waits, (ordinal, state) => {
      const start = first + ordinal * size;
      if (start >= to) return { result: undefined, state };
      const stream = open(state);
      const planned = trainer.plan(stream, start, Math.min(size, to - start));
      const chunk = trainer.inOrder ? planned.train() : undefined;
      return { result: { ordinal, train: () => chunk ?? planned.train() }, state: stream.state() };
    });
  let ahead: ReturnType<typeof draw>;
  return () => {
    const next = ahead ?? draw(true);
    ahead = next && !trainer.inOrder ? draw(false) : undefined;
    return next && { ordinal: next.ordinal, chunk: next.train() };
  };
}
