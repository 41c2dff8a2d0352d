import type { Experiment } from '../experiment/experiment.js';
import type { ResolvedExperiment } from '../experiment/load.js';
import { prebuiltExperiment } from '../experiment/prebuilt.js';
import { shippedFolder } from '../experiment/shipped.js';
import { type ExperimentFlags, flagOverrides, isPlain, onlyAssignments, splitArguments } from './flags.js';

function isWhole(value: unknown, low: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= low && value <= 0xffffffff;
}

/** A shipped experiment with nothing changed but its seed and repeats, within what every backend takes. */
function shippedWithFlags(name: string, cwd: string, flags: ExperimentFlags): Experiment | undefined {
  const { seed, unseeded, repeats } = flags;
  if (seed !== undefined && !isWhole(seed, 0)) return undefined;
  if (repeats !== undefined && !isWhole(repeats, 1)) return undefined;
  const shipped = prebuiltExperiment(name, cwd);
  return (
    shipped && {
      ...shipped,
      ...(seed === undefined ? {} : { seed: seed as number }),
      ...(unseeded ? { seed: null } : {}),
      ...(repeats === undefined ? {} : { repeats: repeats as number }),
    }
  );
}

/** An experiment, where its files are, and how its mistakes are told. */
export type PlacedExperiment = Pick<ResolvedExperiment, 'experiment' | 'folder' | 'tell'>;

/** The experiment that a command line names, with its changes; whatever is out of the ordinary goes through the parser. */
export async function experimentOf(
  args: readonly string[],
  cwd: string,
  flags: ExperimentFlags,
): Promise<PlacedExperiment> {
  const overrides = await flagOverrides(flags);
  const { command } = flags;
  if (command) {
    const assignments = onlyAssignments(args);
    const { loadCommand } = await import('../experiment/load.js');
    return loadCommand(command, { cwd, overrides: [...overrides, ...assignments] });
  }
  const { experiment: name, assignments } = splitArguments(args);
  const shipped = assignments.length === 0 && isPlain(flags) ? shippedWithFlags(name, cwd, flags) : undefined;
  // What the build has resolved had no mistakes.
  if (shipped) return { experiment: shipped, folder: shippedFolder(), tell: ({ message }) => `${name}: ${message}` };
  const { loadExperiment } = await import('../experiment/load.js');
  return loadExperiment(name, { cwd, shippedFolder: shippedFolder(), overrides: [...overrides, ...assignments] });
}
