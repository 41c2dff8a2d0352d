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

/** Executes a plan; `onChunk` gets the repeats in order, as they are done. */
export async function executePlan(
  plan: RunPlan,
  prepared: Prepared,
  options: ExecuteOptions,
  onChunk: (chunk: Chunk) => void,
): Promise<Executed> {
  const startedAt = new Date();
  const digest = runDigest();
  const { chunks, tensors, threads } = await execute(plan, prepared, options);
  for await (const chunk of chunks) {
    digest.add(chunk);
    onChunk(chunk);
  }
  const endedAt = new Date();
  return {
    digest: digest.hex(),
    tensors,
    async circumstances() {
      const { circumstances } = await import('./circumstances.js');
      return circumstances(startedAt, endedAt, threads());
    },
  };
}
