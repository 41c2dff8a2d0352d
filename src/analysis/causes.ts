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

/** Every cause of differences that a plan leaves open, by what two executions of it have drawn; none where all is decided. */
export function causesOf(plan: RunPlan): Cause[] {
  const { experiment, free } = plan;
  const { optimizer, reduction, backend } = experiment;
  const unseeded = free.map((name) => ({
    cause: name === 'root' ? 'the run has no seed: each execution draws its own' : `${name} has no seed`,
    remedy: seedRemedy(name, backend),
  }));
  const unordered =
    reduction === 'unordered'
      ? [{ cause: 'reduction: unordered sums gradients in an order that no seed decides', remedy: 'reduction=ordered' }]
      : [];
  const racy =
    optimizer.name === 'adam' && optimizer.iterations === 'racy'
      ? [
          {
            cause: 'iterations: racy lets chance decide which count of steps Adam reads',
            remedy: 'optimizer.iterations=before, or after',
          },
        ]
      : [];
  return [...unseeded, ...unordered, ...racy];
}
