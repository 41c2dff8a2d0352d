import { availableParallelism } from 'node:os';
import { LANES } from '../network/lanes.js';
import type { Chunk } from '../network/trainer.js';
import type { RunPlan } from './record.js';
import { openSession } from './session.js';

/** Milliseconds of training that are timed before threads are thought of. */
const PROBE = 20;
/** Milliseconds of work that must be left for threads to pay: starting one takes tens of them. */
const WORTH_THREADS = 200;

export interface Execution {
  /** Repeats in order, a chunk at a time. */
  readonly chunks: AsyncIterable<Chunk>;
  /** Threads that trained, as known so far. */
  threads(): number;
}

/**
 * Executes a plan. The first repeats are trained here and timed; the rest goes to threads where that pays.
 *
 * @param jobs threads at most; by default as many as the machine runs at once
 */
export function execute(plan: RunPlan, jobs: number = availableParallelism()): Execution {
  // Bun's workers do not come back from the pool (1.4): there everything is trained here, to the same bits.
  const most = process.versions['bun'] === undefined ? jobs : 1;
  let threads = 1;
  async function* chunks(): AsyncGenerator<Chunk> {
    const { trainer, open } = openSession(plan);
    const stream = open();
    const start = performance.now();
    let size = Math.min(LANES, trainer.chunkRepeats);
    for (let first = 0; first < plan.repeats; ) {
      const elapsed = performance.now() - start;
      if (first > 0 && most > 1 && elapsed > PROBE) {
        const left = (elapsed / first) * (plan.repeats - first);
        if (left > WORTH_THREADS) {
          threads = Math.min(most, Math.ceil((plan.repeats - first) / LANES));
          const { executeOnThreads } = await import('./threads.js');
          yield* executeOnThreads(plan, stream, first, trainer.chunkRepeats, threads);
          return;
        }
      }
      const chunk = trainer.plan(stream, first, Math.min(size, plan.repeats - first)).train();
      yield chunk;
      first += chunk.scores.length;
      size = Math.min(2 * size, trainer.chunkRepeats);
    }
  }
  return { chunks: chunks(), threads: () => threads };
}
