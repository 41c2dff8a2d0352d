import type { NetworkExperiment } from '../experiment/experiment.js';
import { LANES } from '../network/lanes.js';
import type { Tracing } from '../network/tracer.js';
import type { Chunk, NamedTensor } from '../network/trainer.js';
import type { PreparedNetwork } from './prepareNetwork.js';
import type { RunPlan } from './record.js';
import { openSession } from './session.js';

/** Milliseconds of training that are timed before threads are thought of. */
const PROBE = 20;
/** Milliseconds of work that must be left for threads to pay: starting one takes tens of them. */
const WORTH_THREADS = 200;

/** Milliseconds for which a signal may be left waiting. */
const DEAF = 250;

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
  /** Ends the execution early. That it may be heard of, this thread leaves training to others where it takes long. */
  readonly signal?: AbortSignal | undefined;
  /** The repeats to execute, in order, by default all; some more may be. */
  readonly missing?: readonly Range[] | undefined;
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

/** On Bun (1.4) two threads take longer than one, and one that only listens does not hear of the other's end. */
const isBun = process.versions['bun'] !== undefined;

/** Threads that training may use. */
async function mostThreads(jobs: number | undefined): Promise<number> {
  if (isBun) return 1;
  return jobs ?? (await import('node:os')).availableParallelism();
}

/** Repeats from one index to before another. */
export type Range = readonly [from: number, to: number];

/** Executes a plan. The first repeats are trained here and timed; the rest goes to threads where that pays. */
export async function execute(
  plan: RunPlan<NetworkExperiment>,
  prepared: PreparedNetwork,
  options: ExecuteOptions = {},
): Promise<Execution> {
  const { jobs, traced, scattered = false, signal } = options;
  const session = await openSession(plan, prepared, traced);
  const { trainer } = session;
  const missing = rangesOf(options.missing ?? [[0, plan.repeats]], trainer.inOrder);
  let threads = 1;
  async function* chunks(): AsyncGenerator<Chunk> {
    const stream = session.open();
    const start = now();
    let trained = 0;
    let size = scattered ? 1 : Math.min(LANES, trainer.chunkRepeats);
    /** How many threads are to train what is left of the last range; 1 where this one had better go on. */
    const threadsFor = async (left: number) => {
      if (scattered) return trained > 0 && !trainer.inOrder ? Math.min(await mostThreads(jobs), 1 + left) : 1;
      if (trained === 0) return 1;
      const elapsed = now() - start;
      const pays = !trainer.inOrder && elapsed > PROBE && (elapsed / trained) * left > WORTH_THREADS;
      return pays ? Math.min(await mostThreads(jobs), Math.ceil(left / LANES)) : 1;
    };
    /** Whether this thread, if it went on, would hear of nothing for long. */
    const isDeaf = (left: number) =>
      signal !== undefined && !isBun && trained > 0 && ((now() - start) / trained) * Math.min(size, left) > DEAF;
    let drawn = 0;
    for (const [from, to] of missing) {
      if (stream.sequential) {
        // What is not trained is drawn, as what follows in the stream depends on it.
        for (; drawn < from; drawn += Math.min(trainer.chunkRepeats, from - drawn)) {
          trainer.plan(stream, drawn, Math.min(trainer.chunkRepeats, from - drawn));
        }
      }
      for (let first = from; first < to; ) {
        if (to === missing.at(-1)?.[1]) {
          const wanted = await threadsFor(to - first);
          const deaf = isDeaf(to - first);
          if (wanted > 1 || deaf) {
            const { executeOnThreads } = await import('./threads.js');
            const others = deaf ? wanted : wanted - 1;
            threads = deaf ? others : wanted;
            const work = { first, to, others, trains: !scattered && !deaf, signal };
            yield* executeOnThreads({ plan, prepared, traced }, session, stream, work);
            return;
          }
        }
        const chunk = trainer.plan(stream, first, Math.min(size, to - first)).train();
        yield chunk;
        trained += chunk.scores.length;
        first += chunk.scores.length;
        drawn = first;
        size = Math.min(2 * size, trainer.chunkRepeats);
      }
    }
  }
  return { chunks: chunks(), tensors: trainer.tensors, threads: () => threads };
}

/** Where a repeat's draws follow from the training before it, all before the last are trained, whether they are missing or not. */
function rangesOf(missing: readonly Range[], inOrder: boolean): readonly Range[] {
  const last = missing.at(-1);
  return inOrder && last ? [[0, last[1]]] : missing;
}
