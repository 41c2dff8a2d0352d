import type { Experiment, ProgramExperiment } from '../experiment/experiment.js';
import type { RunPlan } from '../run/record.js';

/** Why two executions of a plan may differ, and what to do about it. */
export interface Cause {
  readonly cause: string;
  readonly remedy: string;
}

/** What the user is to write for something that is free: a seed of the whole run, or of a part. */
function seedRemedy(name: string, experiment: Experiment): string {
  const whole =
    name === 'root' || (name === 'numpy' && experiment.kind === 'network' && experiment.backend !== 'tensorflow');
  if (whole) return 'give the run a seed: --seed 1, or seed: 1 in the experiment';
  return `give it a seed: seed.${name}=1`;
}

/** What an experiment leaves to chance on purpose, whatever its seeds. */
export function undecidedBySeeds(experiment: Experiment): Cause[] {
  if (experiment.kind !== 'network') return [];
  const { optimizer, reduction } = experiment;
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
export function otherCauses({ experiment }: RunPlan): Cause[] {
  if (experiment.kind !== 'network') return [causeInProgram(experiment)];
  const { data } = experiment;
  if ('path' in data) {
    const remedy = 'undo the change, or record a new baseline with -u';
    return [{ cause: `${data.path} may have changed in between: nothing in the experiment is left to chance`, remedy }];
  }
  const remedy = 'see what differs between the two executions; if nothing does, report a defect of repro';
  return [{ cause: 'nothing in the experiment is left to chance', remedy }];
}

/** Where a module may have randomness from that it was not given. */
const ELSEWHERE = 'Math.random, the time, files or the network';

/** What a program draws that nobody gave it a seed for. */
function causeInProgram(experiment: ProgramExperiment): Cause {
  if (experiment.kind === 'module') {
    const cause = `${experiment.module} uses randomness that is not its own: ${ELSEWHERE}`;
    return { cause, remedy: 'draw from the random that it is given, or seed what draws with its seed' };
  }
  if (experiment.metrics[0]?.from === 'time') {
    return { cause: 'the score is a time, which no seed decides', remedy: 'check it with --require, or --tolerance' };
  }
  const { command, env } = experiment;
  if (![...command, ...Object.values(env)].some((word) => word && /\{seed\}|REPRO_SEED/.test(word))) {
    const cause = 'the command has no {seed}: it may not read the seed, which is in REPRO_SEED alone';
    return { cause, remedy: 'hand the seed on, … --seed {seed}, or let the program read REPRO_SEED' };
  }
  const cause =
    'the program has randomness that its seed does not decide: a generator without a seed, time, threads, files';
  return { cause, remedy: 'seed every generator that it uses with {seed}, and look at the first difference' };
}

/** Why two executions of a plan may differ: whatever it leaves to chance. */
export function causesOf({ experiment, free }: RunPlan): Cause[] {
  const unseeded = free.map((name) => ({
    cause: name === 'root' ? 'the run has no seed: each execution draws its own' : `${name} has no seed`,
    remedy: seedRemedy(name, experiment),
  }));
  return [...unseeded, ...undecidedBySeeds(experiment)];
}
