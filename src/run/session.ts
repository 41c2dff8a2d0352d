import { type RunStream, sameSeedStream } from '../backends/backend.js';
import { createTrainer, type Trainer } from '../network/trainer.js';
import type { GeneratorState } from '../random/wordGenerator.js';
import { loadBackend } from './loadBackend.js';
import { networkOf } from './plan.js';
import type { RunPlan } from './record.js';

/** What one thread needs to execute repeats of a plan. */
export interface Session {
  readonly trainer: Trainer;
  /** The plan's stream, from its start or from where another thread left it. */
  open(state?: GeneratorState): RunStream;
}

export async function openSession(plan: RunPlan): Promise<Session> {
  const backend = await loadBackend(plan.experiment.backend);
  return {
    trainer: createTrainer(networkOf(plan.experiment), backend.reluSlopeAtZero, plan.repeats),
    open: (state) => (plan.sameSeed ? sameSeedStream(backend, plan.seed) : backend.open(plan.seed, state)),
  };
}
