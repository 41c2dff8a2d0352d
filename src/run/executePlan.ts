import type { NetworkExperiment } from '../experiment/experiment.js';
import type { Chunk, NamedTensor } from '../network/trainer.js';
import { runDigest } from './digest.js';
import type { ExecuteOptions } from './execute.js';
import { type Executed, executeInterleaved } from './executeInterleaved.js';
import type { PreparedNetwork } from './prepareNetwork.js';
import type { RunPlan } from './record.js';

/** What is left of a whole execution when its repeats have been handed on. */
export interface ExecutedPlan {
  readonly digest: string;
  /** The tensors that weights are made of. */
  readonly tensors: readonly NamedTensor[];
  /** Threads that trained. */
  readonly threads: number;
}

/** Executes a network's plan; `onChunk` gets the repeats in order, as they are done. */
export async function executePlan(
  plan: RunPlan<NetworkExperiment>,
  prepared: PreparedNetwork,
  options: Omit<ExecuteOptions, 'missing'>,
  onChunk: (chunk: Chunk) => void,
): Promise<ExecutedPlan> {
  const digest = runDigest();
  const [executed] = await executeInterleaved([{ plan, prepared }], options, (chunk) => {
    digest.add(chunk);
    onChunk(chunk);
  });
  const { tensors, threads } = executed as Executed;
  return { digest: digest.hex(), tensors, threads: threads() };
}
