import { LANES } from '../network/lanes.js';
import type { Chunk } from '../network/trainer.js';
import type { Prepared } from './prepare.js';
import type { RunPlan } from './record.js';
import { openSession } from './session.js';

/** Milliseconds of training that are timed before threads are thought of. */
const PROBE = 20;
/** Milliseconds of work that must be left for threads to pay: starting one takes tens of them. */
const WORTH_THREADS = 200;

/** Milliseconds from some start; `performance` would be loaded first, for longer than a small run takes. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Threads that training may use. */
async function mostThreads(jobs: number | undefined): Promise<number> {
  // On Bun (1.4) two threads take longer than one.
  if (process.versions['bun'] !== undefined) return 1;
  return jobs ?? (await import('node:os')).availableParallelism();
}

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
export function execute(plan: RunPlan, prepared: Prepared, jobs?: number): Execution {
  let threads = 1;
  async function* chunks(): AsyncGenerator<Chunk> {
    const session = await openSession(plan, prepared);
    const { trainer } = session;
    const stream = session.open();
    const start = now();
    let size = Math.min(LANES, trainer.chunkRepeats);
    for (let first = 0; first < plan.repeats; ) {
      const elapsed = now() - start;
      if (!trainer.inOrder && elapsed > PROBE && (elapsed / first) * (plan.repeats - first) > WORTH_THREADS) {
        threads = Math.min(await mostThreads(jobs), Math.ceil((plan.repeats - first) / LANES));
        if (threads > 1) {
          const { executeOnThreads } = await import('./threads.js');
          yield* executeOnThreads(plan, prepared, session, stream, first, threads - 1);
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
