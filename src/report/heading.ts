import type { RunPlan } from '../run/record.js';

/** What was run, in one line: experiment, backend, seed, repeats. */
export function heading({ experiment, seed, seeded, sameSeed, repeats }: RunPlan): string {
  const count = repeats === 1 ? '1 repeat' : `${repeats} repeats`;
  return [
    experiment.name,
    experiment.backend,
    seedText(seed, seeded),
    sameSeed ? `${count} from the same seed` : count,
  ].join(' · ');
}

function seedText({ root, tensorflow }: RunPlan['seed'], seeded: boolean): string {
  if (!seeded) return `unseeded (drew ${root}; --seed ${root} replays it)`;
  return tensorflow === undefined || tensorflow === root ? `seed ${root}` : `seeds ${root} and ${tensorflow}`;
}
