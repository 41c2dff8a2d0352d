import type { Chunk } from '../network/trainer.js';
import type { ExecuteOptions } from './execute.js';
import { type Executed, executeInterleaved } from './executeInterleaved.js';
import type { Prepared } from './prepare.js';
import type { RunPlan } from './record.js';

/** Executes a plan; `onChunk` gets the repeats in order, as they are done. */
export async function executePlan(
  plan: RunPlan,
  prepared: Prepared,
  options: ExecuteOptions,
  onChunk: (chunk: Chunk) => void,
): Promise<Executed> {
  const [executed] = await executeInterleaved([{ plan, prepared }], options, onChunk);
  return executed as Executed;
}
