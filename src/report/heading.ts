import type { RunPlan } from '../run/record.js';

/** What was run, in one line: experiment, backend, seed, repeats. */
export function heading({ experiment, seed, seeded, sameSeed, repeats }: RunPlan): string {
  return [
    experiment.name,
    experiment.backend,
    seeded ? seedText(seed) : `unseeded (drew seed ${seed.root}; --seed ${seed.root} replays it)`,
    ...(sameSeed ? ['same-seed'] : []),
    repeats === 1 ? '1 repeat' : `${repeats} repeats`,
  ].join(' · ');
}

/** One seed that seeds all there is to seed, or two by name. */
function seedText({ root, tensorflow }: RunPlan['seed']): string {
  return tensorflow === undefined || tensorflow === root
    ? `seed ${root}`
    : `NumPy seed ${root}, TensorFlow seed ${tensorflow}`;
}
