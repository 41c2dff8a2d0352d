import { listExperiments } from '../experiment/list.js';
import { shippedFolder } from '../experiment/shipped.js';
import type { Io } from './io.js';

/** `repro list` */
export function listCommand(io: Io): void {
  const experiments = listExperiments({ cwd: io.cwd(), shippedFolder: shippedFolder() });
  const longest = Math.max(...experiments.map(({ name }) => name.length));
  const lines = experiments.map(({ name, shipped, description }) =>
    `${name.padEnd(longest)}  ${shipped ? 'shipped' : 'yours  '}  ${description}`.trimEnd(),
  );
  io.stdout.write(`${lines.join('\n')}\n`);
}
