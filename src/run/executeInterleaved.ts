import type { NetworkExperiment } from '../experiment/experiment.js';
import type { Chunk } from '../network/trainer.js';
import { type ExecuteOptions, type Execution, execute, type Range } from './execute.js';
import type { PreparedNetwork } from './prepareNetwork.js';
import type { RunPlan } from './record.js';

/** A network's plan, and what was made ready for it. */
export interface PreparedPlan {
  readonly plan: RunPlan<NetworkExperiment>;
  readonly prepared: PreparedNetwork;
  /** See ExecuteOptions. */
  readonly missing?: readonly Range[] | undefined;
}

/** What is left of an execution when its repeats have been handed on. */
export type Executed = Omit<Execution, 'chunks'>;

/**
 * Executes plans side by side, a chunk of each in turn, so that whatever makes a machine drift meets them alike. No bit depends on it:
 * each has a kernel and a stream of its own.
 *
 * @param options for all of them; where there is a signal, its abortion ends them all
 * @param onChunk gets the repeats of each plan in order, as they are done, with the plan's position
 */
export async function executeInterleaved(
  plans: readonly PreparedPlan[],
  options: Omit<ExecuteOptions, 'missing'>,
  onChunk: (chunk: Chunk, position: number) => void,
): Promise<readonly Executed[]> {
  const { signal } = options;
  const executions = await Promise.all(
    plans.map(({ plan, prepared, missing }) => execute(plan, prepared, { ...options, missing })),
  );
  const iterators = executions.map(({ chunks }) => chunks[Symbol.asyncIterator]());
  try {
    const running = new Set(iterators.keys());
    while (running.size > 0) {
      for (const position of running) {
        // Signals come to be heard of.
        if (signal) await new Promise((resolve) => setImmediate(resolve));
        if (signal?.aborted) return executions;
        const { done, value: chunk } = await (iterators[position] as AsyncIterator<Chunk>).next();
        if (done) running.delete(position);
        else onChunk(chunk, position);
      }
    }
  } finally {
    // Ends the threads of those that are not done.
    await Promise.all(iterators.map((iterator) => iterator.return?.()));
  }
  return executions;
}
