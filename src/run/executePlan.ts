import { circumstances } from './circumstances.js';
import { runDigest } from './digest.js';
import { execute } from './execute.js';
import type { Repeat, RunPlan, RunRecord } from './record.js';
import { repeatsOf } from './repeats.js';

/** Executes a plan; `onRepeats` gets the repeats in order, as they are done. */
export async function executePlan(
  plan: RunPlan,
  jobs: number | undefined,
  onRepeats: (repeats: readonly Repeat[]) => void | Promise<void>,
): Promise<Omit<RunRecord, 'repeats'>> {
  const startedAt = new Date();
  const digest = runDigest();
  const { chunks, threads } = execute(plan, jobs);
  for await (const chunk of chunks) {
    digest.add(chunk);
    await onRepeats(repeatsOf(chunk));
  }
  return { plan, digest: digest.hex(), circumstances: circumstances(startedAt, threads()) };
}
