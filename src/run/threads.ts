import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import workerpool from 'workerpool';
import type { RunStream } from '../backends/backend.js';
import type { NetworkExperiment } from '../experiment/experiment.js';
import { LANES } from '../network/lanes.js';
import type { Tracing } from '../network/tracer.js';
import type { Chunk } from '../network/trainer.js';
import { packageRoot } from '../packageRoot.js';
import { createBaton, stop, take } from './baton.js';
import type { PreparedNetwork } from './prepareNetwork.js';
import type { RunPlan } from './record.js';
import type { Session } from './session.js';
import { type SharedTask, shareOf, type TrainedChunk } from './share.js';

/** Chunks a thread should get at least, so that all end at about the same time. */
const CHUNKS_A_THREAD = 16;
/** Chunks that may wait to be taken, for each thread, before the other threads wait for this one. */
const LEAD = 16;

/** What a thread is started with. */
export interface ThreadData {
  readonly plan: RunPlan<NetworkExperiment>;
  readonly prepared: PreparedNetwork;
  readonly traced: Tracing | undefined;
}

/** What is to be shared out. */
interface Work {
  /** Repeats from `first` to before `to`. */
  readonly first: number;
  readonly to: number;
  /** Threads beside this one. */
  readonly others: number;
  /** Whether this thread trains as well; a short run would be over before another thread has started. */
  readonly trains: boolean;
  /** Ends it early. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Executes repeats over this thread and others; the chunks come in order.
 *
 * @param session this thread's
 * @param stream the plan's, where the first of the repeats finds it
 */
export async function* executeOnThreads(
  data: ThreadData,
  session: Session,
  stream: RunStream,
  { first, to, others, trains, signal }: Work,
): AsyncGenerator<Chunk> {
  const threads = others + 1;
  const fair = LANES * Math.ceil((to - first) / (threads * CHUNKS_A_THREAD * LANES));
  const size = Math.min(session.trainer.chunkRepeats, fair);
  const task: SharedTask = { first, to, size, lead: LEAD * threads, baton: createBaton(stream.state()) };
  const pool = workerpool.pool(join(packageRoot(), 'dist', 'thread.cjs'), {
    workerType: 'thread',
    maxWorkers: others,
    workerThreadOpts: { workerData: data },
  });
  const trainNext = shareOf(session, task);
  const arrived = new Map<number, Chunk>();
  let failure: { readonly error: unknown } | undefined;
  let wake = () => {};
  const arrive = ({ ordinal, chunk }: TrainedChunk) => {
    arrived.set(ordinal, chunk);
    wake();
  };
  const onAbort = () => wake();
  signal?.addEventListener('abort', onAbort);
  try {
    for (let thread = 0; thread < others; thread++) {
      pool.exec('trainChunks', [task], { on: arrive }).catch((error: unknown) => {
        failure = { error };
        wake();
      });
    }
    for (let ordinal = 0; first + ordinal * size < to; ordinal++) {
      while (!arrived.has(ordinal) && !failure && !signal?.aborted) {
        const own = trains ? trainNext() : undefined;
        if (own) {
          arrive(own);
          // What the others sent meanwhile.
          await setImmediate();
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
      if (failure) throw failure.error;
      if (signal?.aborted) return;
      yield arrived.get(ordinal) as Chunk;
      arrived.delete(ordinal);
      take(task.baton, ordinal + 1);
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    stop(task.baton);
    await pool.terminate(true);
  }
}
