import type { Experiment } from '../experiment/experiment.js';
import { shownCommand } from '../experiment/shownCommand.js';
import { describeSource } from '../metric/describeSource.js';
import type { RunPlan } from '../run/record.js';
import { withoutSecrets } from '../run/withoutSecrets.js';
import { printable } from '../text/printable.js';

/**
 * What is repeated, and how its numbers come about: a network on its backend, a command and where its score is read.
 */
export function experimentParts(experiment: Experiment): string[] {
  const { name } = experiment;
  if (experiment.kind === 'network') return [name, experiment.backend];
  if (experiment.kind === 'module') {
    return [name, ...(name === experiment.module ? [] : [experiment.module]), experiment.backend];
  }
  const command = shownCommand(experiment.command);
  const [score, ...others] = experiment.metrics;
  return [
    ...(name === command ? [command] : [name, command]),
    ...(score ? [`score: ${describeSource(score)}`] : []),
    ...(others.length > 0 ? [`also ${others.map(describeSource).join(', ')}`] : []),
  ];
}

/**
 * What was run, in one line: experiment, backend or source of the score, seed, repeats; without secrets, as a report may be a file.
 *
 * @param done how many repeats there are of those that were planned
 */
export function heading(plan: RunPlan, done = plan.repeats): string {
  const told = withoutSecrets(plan);
  const { experiment, sameSeed, repeats } = told;
  const parts = [
    ...experimentParts(experiment),
    seedText(told),
    ...(sameSeed ? ['same-seed'] : []),
    done < repeats ? `${done} of ${repeats} repeats` : repeats === 1 ? '1 repeat' : `${repeats} repeats`,
  ];
  // A saved run may have been written by anyone.
  return printable(parts.join(' · '));
}

/** One seed where `--seed` with it gives the run again, else every seed by its name. */
function seedText({ experiment, seed, free }: RunPlan): string {
  const backend = experiment.kind === 'network' ? experiment.backend : undefined;
  const { root, tensorflow = backend === 'tensorflow' ? undefined : root, sources } = seed;
  const whole = tensorflow === root && sources === undefined;
  if (whole) return free.length === 0 ? `seed ${root}` : `unseeded (drew seed ${root}; --seed ${root} replays it)`;
  const name = backend === 'seedrandom' ? 'root' : 'numpy';
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
