import type { RunPlan } from '../run/record.js';

/** What was run, in one line: experiment, backend, seed, repeats. */
export function heading(plan: RunPlan): string {
  const { experiment, seed, seeded, sameSeed, repeats } = plan;
  return [
    experiment.name,
    experiment.backend,
    seeded ? seedText(plan) : `unseeded (drew seed ${seed.root}; --seed ${seed.root} replays it)`,
    ...(sameSeed ? ['same-seed'] : []),
    repeats === 1 ? '1 repeat' : `${repeats} repeats`,
  ].join(' · ');
}

/** One seed where `--seed` with it gives the run again, else the frameworks' seeds by name. */
function seedText({ experiment, seed: { root, tensorflow } }: RunPlan): string {
  if (experiment.backend !== 'tensorflow' || tensorflow === root) return `seed ${root}`;
  return tensorflow === undefined ? `NumPy seed ${root}` : `NumPy seed ${root}, TensorFlow seed ${tensorflow}`;
}
