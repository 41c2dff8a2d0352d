import type { NetworkExperiment, ProgramExperiment } from '../experiment/experiment.js';
import { type Place, type PreparedNetwork, prepareNetwork } from './prepareNetwork.js';
import type { PreparedProgram } from './prepareProgram.js';
import type { RunPlan } from './record.js';

/** What is made once for a run, before its first repeat. */
export type Prepared = PreparedNetwork | PreparedProgram;

export function isNetwork(plan: RunPlan): plan is RunPlan<NetworkExperiment> {
  return plan.experiment.kind === 'network';
}

/**
 * Makes ready what an experiment needs: the data of a network, the place of a program.
 *
 * @throws ReproError with a line for every problem
 */
export async function prepare(plan: RunPlan, place: Place): Promise<Prepared> {
  if (isNetwork(plan)) return prepareNetwork(plan, place);
  const { prepareProgram } = await import('./prepareProgram.js');
  return prepareProgram(plan.experiment as ProgramExperiment, place);
}
