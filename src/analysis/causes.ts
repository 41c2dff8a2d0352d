import type { RunPlan } from '../run/record.js';

/** Why two executions of a plan may differ, and what to do about it. */
export interface Cause {
  readonly cause: string;
  readonly remedy: string;
}

/** What the user is to write for something that is free: a seed of the whole run, or of a part. */
function seedRemedy(name: string, backend: RunPlan['experiment']['backend']): string {
  const whole = name === 'root' || (name === 'numpy' && backend !== 'tensorflow');
  if (whole) return 'give the run a seed: --seed 1, or seed: 1 in the experiment';
  return `give it a seed: seed.${name}=1`;
}

/** What an experiment leaves to chance on purpose, whatever its seeds. */
export function undecidedBySeeds({ optimizer, reduction }: RunPlan['experiment']): Cause[] {
  const causes: Cause[] = [];
  if (reduction === 'unordered') {
    const cause = 'reduction: unordered sums gradients in an order that no seed decides';
    causes.push({ cause, remedy: 'reduction=ordered' });
  }
  if (optimizer.name === 'adam' && optimizer.iterations === 'racy') {
    const cause = 'iterations: racy lets chance decide which count of steps Adam reads';
    causes.push({ cause, remedy: 'optimizer.iterations=before, or after' });
  }
  return causes;
}

/** Why two executions of a plan may differ that leaves nothing to chance. */
export function otherCauses({ experiment: { data } }: RunPlan): Cause[] {
  if ('path' in data) {
    const remedy = 'undo the change, or record a new baseline with -u';
    return [{ cause: `${data.path} may have changed in between: nothing in the experiment is left to chance`, remedy }];
  }
  const remedy = 'see what differs between the two executions; if nothing does, report a defect of repro';
  return [{ cause: 'nothing in the experiment is left to chance', remedy }];
}

/** Why two executions of a plan may differ: whatever it leaves to chance. */
export function causesOf({ experiment, free }: RunPlan): Cause[] {
  const unseeded = free.map((name) => ({
    cause: name === 'root' ? 'the run has no seed: each execution draws its own' : `${name} has no seed`,
    remedy: seedRemedy(name, experiment.backend),
  }));
  return [...unseeded, ...undecidedBySeeds(experiment)];
}
