import type { RunPlan } from '../run/record.js';
import { undecidedBySeeds } from './causes.js';

/** What is particular about how a run is executed, for whoever reads its result. */
export function notesOf({ experiment, sameSeed }: RunPlan): string[] {
  if (experiment.kind !== 'network') return [];
  const { backend, earlyStopping } = experiment;
  const notes: string[] = [];
  if (earlyStopping && backend !== 'seedrandom' && !sameSeed) {
    notes.push(
      `early stopping: how long a repeat trains decides where it leaves ${backend}'s one stream, so repeats run one after another`,
    );
  }
  return [...notes, ...undecidedBySeeds(experiment).map(({ cause }) => `${cause}: no seed gives this run again`)];
}
