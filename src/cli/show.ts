import { loadExperiment } from '../experiment/load.js';
import { shippedFolder } from '../experiment/shipped.js';
import { splitArguments } from './flags.js';
import type { Io } from './io.js';

/** `repro show [experiment] [key=value…]`: a value a line, and where it comes from. */
export function showCommand(io: Io, args: readonly string[]): void {
  const { experiment: name, assignments } = splitArguments(args);
  const { origins } = loadExperiment(name, { cwd: io.cwd(), shippedFolder: shippedFolder(), overrides: assignments });
  const values = origins.map(({ path, value }) => `${path} = ${JSON.stringify(value)}`);
  const longest = Math.max(...values.map((text) => text.length));
  const lines = origins.map(({ origin }, i) => `${(values[i] as string).padEnd(longest)}  # ${origin}`);
  io.stdout.write(`${lines.join('\n')}\n`);
}
