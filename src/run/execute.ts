import { LANES } from '../network/lanes.js';
import type { Tracing } from '../network/tracer.js';
import type { Chunk, NamedTensor } from '../network/trainer.js';
import type { Prepared } from './prepare.js';
import type { RunPlan } from './record.js';
import { openSession } from './session.js';

/** Milliseconds of training that are timed before threads are thought of. */
const PROBE = 20;
/** Milliseconds of work that must be left for threads to pay: starting one takes tens of them. */
const WORTH_THREADS = 200;

/** How a plan is executed; no bit of the result depends on it. */
export interface ExecuteOptions {
  /** Threads at most; by default as many as the machine runs at once. */
  readonly jobs?: number | undefined;
  /** How the weights are traced epoch by epoch, if they are. */
  readonly traced?: Tracing | undefined;
  /**
   * Whether to split the work in an unusual way, to see that nothing depends on it: the first repeat alone, so that the others
   * are trained in other lanes, and those on other threads, whether that pays or not.
   */
  readonly scattered?: boolean;
}

export interface Execution {
  /** Repeats in order, a chunk at a time. */
  readonly chunks: AsyncIterable<Chunk>;
  /** The tensors that weights are made of. */
  readonly tensors: readonly NamedTensor[];
  /** Threads that trained, as known so far. */
  threads(): number;
}

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

/** Executes a plan. The first repeats are trained here and timed; the rest goes to threads where that pays. */
export async function execute(plan: RunPlan, prepared: Prepared, options: ExecuteOptions = {}): Promise<Execution> {
  const { jobs, traced, scattered = false } = options;
  const session = await openSession(plan, prepared, traced);
  const { trainer } = session;
  let threads = 1;
  async function* chunks(): AsyncGenerator<Chunk> {
    const stream = session.open();
    const start = now();
    const pays = (first: number) => {
      const elapsed = now() - start;
      return scattered ? first > 0 : elapsed > PROBE && (elapsed / first) * (plan.repeats - first) > WORTH_THREADS;
    };
    let size = scattered ? 1 : Math.min(LANES, trainer.chunkRepeats);
    for (let first = 0; first < plan.repeats; ) {
      if (!trainer.inOrder && pays(first)) {
        const left = plan.repeats - first;
        // A scattered run leaves all that is left to other threads.
        threads = Math.min(await mostThreads(jobs), scattered ? 1 + left : Math.ceil(left / LANES));
        if (threads > 1) {
          const { executeOnThreads } = await import('./threads.js');
          yield* executeOnThreads({ plan, prepared, traced }, session, stream, first, threads - 1, !scattered);
          return;
        }
      }
      const chunk = trainer.plan(stream, first, Math.min(size, plan.repeats - first)).train();
      yield chunk;
      first += chunk.scores.length;
      size = Math.min(2 * size, trainer.chunkRepeats);
    }
  }
  return { chunks: chunks(), tensors: trainer.tensors, threads: () => threads };
}
