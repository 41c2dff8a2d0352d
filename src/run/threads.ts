import { join } from 'node:path';
import workerpool from 'workerpool';
import type { RunStream } from '../backends/backend.js';
import { LANES } from '../network/lanes.js';
import type { Chunk } from '../network/trainer.js';
import { packageRoot } from '../packageRoot.js';
import { createBaton } from './baton.js';
import type { RunPlan } from './record.js';
import type { ChunkTask } from './thread.js';

/** Chunks a thread should get at least, so that all end at about the same time. */
const CHUNKS_A_THREAD = 4;

/** Executes the repeats from `first` on, over `jobs` threads; the chunks come in order. */
export async function* executeOnThreads(
  plan: RunPlan,
  stream: RunStream,
  first: number,
  chunkRepeats: number,
  jobs: number,
): AsyncGenerator<Chunk> {
  const fair = LANES * Math.ceil((plan.repeats - first) / (jobs * CHUNKS_A_THREAD * LANES));
  const size = Math.min(chunkRepeats, fair);
  const state = stream.state();
  const baton = state && createBaton(state);
  const pool = workerpool.pool(join(packageRoot(), 'dist', 'thread.cjs'), {
    workerType: 'thread',
    maxWorkers: jobs,
    workerThreadOpts: { workerData: plan },
  });
  try {
    const flying: Promise<Chunk>[] = [];
    for (let ordinal = 0, next = first; next < plan.repeats || flying.length > 0; ) {
      while (flying.length < 2 * jobs && next < plan.repeats) {
        const task: ChunkTask = { ordinal, first: next, count: Math.min(size, plan.repeats - next), baton };
        const chunk = Promise.resolve(pool.exec('trainChunk', [task]) as PromiseLike<Chunk>);
        // A failure is met when its turn comes; until then it must not count as unhandled.
        chunk.catch(() => {});
        flying.push(chunk);
        ordinal++;
        next += size;
      }
      yield await (flying.shift() as Promise<Chunk>);
    }
  } finally {
    await pool.terminate(true);
  }
}
