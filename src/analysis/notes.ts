import type { RunPlan } from '../run/record.js';

/** What is particular about how a run is executed, for whoever reads its result. */
export function notesOf({ experiment, sameSeed }: RunPlan): string[] {
  const { backend, earlyStopping, optimizer, reduction } = experiment;
  const notes: string[] = [];
  if (earlyStopping && backend !== 'seedrandom' && !sameSeed) {
    notes.push(
      `early stopping: how long a repeat trains decides where it leaves ${backend}'s one stream, so repeats run one after another`,
    );
  }
  if (reduction === 'unordered') {
    notes.push('reduction: unordered sums gradients in an order that no seed decides: no seed gives this run again');
  }
  if (optimizer.name === 'adam' && optimizer.iterations === 'racy') {
    notes.push('iterations: racy lets chance decide which count of steps Adam reads: no seed gives this run again');
  }
  return notes;
}
