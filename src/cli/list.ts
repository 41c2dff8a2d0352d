import { listExperiments } from '../experiment/list.js';
import { shippedFolder } from '../experiment/shipped.js';
import { type Io, streamWriter } from './io.js';

/** `repro list` */
export async function listCommand(io: Io): Promise<void> {
  const experiments = listExperiments({ cwd: io.cwd(), shippedFolder: shippedFolder() });
  const longest = Math.max(...experiments.map(({ name }) => name.length));
  const lines = experiments.map(({ name, shipped, description }) =>
    `${name.padEnd(longest)}  ${shipped ? 'shipped' : 'yours  '}  ${description}`.trimEnd(),
  );
  await streamWriter(io.stdout)(`${lines.join('\n')}\n`);
}
