import { type RunStream, sameSeedStream } from '../backends/backend.js';
import type { NetworkExperiment } from '../experiment/experiment.js';
import type { Tracing } from '../network/tracer.js';
import { createTrainer, type Trainer } from '../network/trainer.js';
import type { RandomStateSnapshot } from '../random/randomState.js';
import { loadBackend } from './loadBackend.js';
import type { PreparedNetwork } from './prepareNetwork.js';
import type { RunPlan } from './record.js';

/** What one thread needs to execute repeats of a plan. */
export interface Session {
  readonly trainer: Trainer;
  /** The plan's stream, from its first repeat or from where another thread left it. */
  open(state?: RandomStateSnapshot): RunStream;
}

/** @param traced how the weights are traced epoch by epoch, if they are */
export async function openSession(
  plan: RunPlan<NetworkExperiment>,
  { network, state: first }: PreparedNetwork,
  traced?: Tracing,
): Promise<Session> {
  const backend = await loadBackend(plan.experiment.backend);
  const open = (state: RandomStateSnapshot | undefined = first) =>
    plan.sameSeed ? sameSeedStream(backend, plan.seed, first) : backend.open(plan.seed, state);
  return {
    trainer: createTrainer(network, backend, { repeats: plan.repeats, sequential: open().sequential, traced }),
    open,
  };
}
