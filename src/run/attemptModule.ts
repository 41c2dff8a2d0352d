import type { ModuleExperiment } from '../experiment/experiment.js';
import { runModule } from '../module/runModule.js';
import { type Attempt, type AttemptRequest, microseconds } from './attempt.js';
import { keptOutput } from './keptOutput.js';

/** Runs a module once, in a worker of its own; undefined where the signal ended it. */
export async function attemptModule(
  { backend, timeout, with: parameters }: ModuleExperiment,
  path: string,
  { seed, repeat, signal, onOutput }: AttemptRequest,
): Promise<Attempt | undefined> {
  const output = keptOutput();
  const outcome = await runModule({
    ...{ path, seed, repeat, backend, parameters, signal },
    timeout: timeout ?? undefined,
    onStdout(bytes) {
      output.stdout.add(bytes);
      onOutput?.(bytes);
    },
    onStderr(bytes) {
      output.stderr.add(bytes);
      onOutput?.(bytes);
    },
  });
  const elapsed = microseconds(outcome.elapsed);
  if (outcome.ending === 'aborted') return undefined;
  const returned = outcome.ending === 'returned';
  return {
    score: returned ? (outcome.metrics.get('score') ?? Number.NaN) : Number.NaN,
    failure: returned ? null : outcome.reason,
    metrics: returned ? Object.fromEntries(outcome.metrics) : { score: Number.NaN },
    artifacts: {},
    output: output.kept(!returned),
    exitCode: null,
    elapsed,
  };
}
