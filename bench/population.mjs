import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A file that the build made. */
export const dist = (name) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url));

/** Scores of so many repeats of an experiment, in ascending order: all there could be, nearly. */
export function population(repeats, ...experiment) {
  const args = ['run', ...experiment, '--repeats', String(repeats), '--format', 'plain', '--precision', '17'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [dist('repro.cjs'), ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * repeats,
  });
  if (status !== 0) throw new Error(`repro ${args.join(' ')} ended with ${status}: ${stderr}`);
  return Float64Array.from(stdout.trim().split('\n'), Number).sort();
}
