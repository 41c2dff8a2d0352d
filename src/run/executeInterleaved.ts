import type { Chunk, NamedTensor } from '../network/trainer.js';
import { runDigest } from './digest.js';
import { type ExecuteOptions, execute } from './execute.js';
import type { Prepared } from './prepare.js';
import type { Circumstances, RunPlan } from './record.js';

/** What is left of an execution when its repeats have been handed on. */
export interface Executed {
  readonly digest: string;
  /** The tensors that weights are made of. */
  readonly tensors: readonly NamedTensor[];
  /** Asked of the operating system only where it is wanted. */
  circumstances(): Promise<Circumstances>;
}

/** A plan, and what was made ready for it. */
export interface PreparedPlan {
  readonly plan: RunPlan;
  readonly prepared: Prepared;
}

/**
 * Executes plans side by side, a chunk of each in turn, so that whatever makes a machine drift meets them alike. No bit depends on it:
 * each has a kernel and a stream of its own.
 *
 * @param onChunk gets the repeats of each plan in order, as they are done, with the plan's position
 */
export async function executeInterleaved(
  plans: readonly PreparedPlan[],
  options: ExecuteOptions,
  onChunk: (chunk: Chunk, position: number) => void,
): Promise<Executed[]> {
  const startedAt = new Date();
  const digests = plans.map(() => runDigest());
  const executions = await Promise.all(plans.map(({ plan, prepared }) => execute(plan, prepared, options)));
  const iterators = executions.map(({ chunks }) => chunks[Symbol.asyncIterator]());
  try {
    const running = new Set(iterators.keys());
    while (running.size > 0) {
      for (const position of running) {
        const { done, value: chunk } = await (iterators[position] as AsyncIterator<Chunk>).next();
        if (done) {
          running.delete(position);
          continue;
        }
        digests[position]?.add(chunk);
        onChunk(chunk, position);
      }
    }
  } finally {
    // Ends the threads of those that are not done.
    await Promise.all(iterators.map((iterator) => iterator.return?.()));
  }
  const endedAt = new Date();
  return executions.map(({ tensors, threads }, position) => ({
    digest: digests[position]?.hex() ?? '',
    tensors,
    async circumstances() {
      const { circumstances } = await import('./circumstances.js');
      return circumstances(startedAt, endedAt, threads());
    },
  }));
}
