import type { Chunk } from '../network/trainer.js';
import { runDigest } from './digest.js';
import { execute } from './execute.js';
import type { Prepared } from './prepare.js';
import type { Circumstances, RunPlan } from './record.js';

/** What is left of an execution when its repeats have been handed on. */
export interface Executed {
  readonly digest: string;
  /** Asked of the operating system only where it is wanted. */
  circumstances(): Promise<Circumstances>;
}

/** Executes a plan; `onChunk` gets the repeats in order, as they are done. */
export async function executePlan(
  plan: RunPlan,
  prepared: Prepared,
  jobs: number | undefined,
  onChunk: (chunk: Chunk) => void,
): Promise<Executed> {
  const startedAt = new Date();
  const digest = runDigest();
  const { chunks, threads } = execute(plan, prepared, jobs);
  for await (const chunk of chunks) {
    digest.add(chunk);
    onChunk(chunk);
  }
  const endedAt = new Date();
  return {
    digest: digest.hex(),
    async circumstances() {
      const { circumstances } = await import('./circumstances.js');
      return circumstances(startedAt, endedAt, threads());
    },
  };
}
