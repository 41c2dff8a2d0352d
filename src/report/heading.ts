import type { RunPlan } from '../run/record.js';
import { printable } from '../text/printable.js';

/** What was run, in one line: experiment, backend, seed, repeats. */
export function heading(plan: RunPlan): string {
  const { experiment, sameSeed, repeats } = plan;
  const parts = [
    experiment.name,
    experiment.backend,
    seedText(plan),
    ...(sameSeed ? ['same-seed'] : []),
    repeats === 1 ? '1 repeat' : `${repeats} repeats`,
  ];
  // A saved run may have been written by anyone.
  return printable(parts.join(' · '));
}

/** One seed where `--seed` with it gives the run again, else every seed by its name. */
function seedText({ experiment, seed, free }: RunPlan): string {
  const { root, tensorflow = experiment.backend === 'tensorflow' ? undefined : root, sources } = seed;
  const whole = tensorflow === root && sources === undefined;
  if (whole) return free.length === 0 ? `seed ${root}` : `unseeded (drew seed ${root}; --seed ${root} replays it)`;
  const name = experiment.backend === 'seedrandom' ? 'root' : 'numpy';
  const seeds = { [name]: root, ...(name === 'numpy' && tensorflow !== undefined ? { tensorflow } : {}), ...sources };
  const texts = Object.entries(seeds).map(([key, value]) => {
    const title = TITLES[key] ?? key;
    return free.includes(key)
      ? `${title} unseeded (drew ${value}; seed.${key}=${value} replays it)`
      : `${title} seed ${value}`;
  });
  return texts.join(', ');
}

const TITLES: Readonly<Record<string, string>> = { numpy: 'NumPy', tensorflow: 'TensorFlow' };
