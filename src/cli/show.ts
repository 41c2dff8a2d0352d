import { ReproError } from '../errors.js';
import { loadExperiment } from '../experiment/load.js';
import { shippedFolder } from '../experiment/shipped.js';
import { splitArguments } from './flags.js';
import type { Io } from './io.js';
import { namedRun } from './namedRun.js';

/** An experiment: a value a line, and where it comes from. */
function showExperiment(io: Io, args: readonly string[]): void {
  const { experiment: name, assignments } = splitArguments(args);
  const { origins } = loadExperiment(name, { cwd: io.cwd(), shippedFolder: shippedFolder(), overrides: assignments });
  const values = origins.map(({ path, value }) => `${path} = ${JSON.stringify(value)}`);
  const longest = Math.max(...values.map((text) => text.length));
  const lines = origins.map(({ origin }, i) => `${(values[i] as string).padEnd(longest)}  # ${origin}`);
  io.stdout.write(`${lines.join('\n')}\n`);
}

/** `repro show [experiment] [key=value…]`, `repro show RUN [--repeat 7]` */
export async function showCommand(io: Io, args: readonly string[], { repeat }: { repeat?: number }): Promise<void> {
  const [name, ...others] = args;
  const folders = { cwd: io.cwd(), shippedFolder: shippedFolder() };
  const run = name !== undefined && others.length === 0 ? namedRun(name, folders) : undefined;
  if (run) {
    const { showRunCommand } = await import('./showRun.js');
    return showRunCommand(io, run, repeat);
  }
  if (repeat !== undefined) throw new ReproError('--repeat is of a run that is kept: repro show last --repeat 7');
  showExperiment(io, args);
}
