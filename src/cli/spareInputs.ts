import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { ReproError } from '../errors.js';
import type { OutputFlags } from './flags.js';
import { statOf } from './statOf.js';

/** What tells a file from all others, whatever the path to it; of one that is not there yet, its path. */
function identityOf(path: string): string {
  const stat = statOf(path);
  return stat ? `${stat.dev} ${stat.ino}` : path;
}

/**
 * @param inputs absolute paths
 * @param role what they are: `a run that is compared`
 * @throws ReproError where a result would be written over one of them
 */
export function spareInputs(inputs: readonly string[], role: string, { output = [] }: OutputFlags, cwd: string): void {
  const spared = new Set(inputs.map(identityOf));
  const over = output.find((path) => path !== '-' && spared.has(identityOf(resolve(cwd, path))));
  if (over !== undefined) throw new ReproError(`--output ${over} would overwrite ${role}`);
}

/** A path without symbolic links, of a file that may not be there yet. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPath(folder), basename(path));
  }
}

/** @throws ReproError where a result would be written into a store: of this folder or another */
export function spareStores({ output = [] }: OutputFlags, cwd: string): void {
  const into = output.find((path) => path !== '-' && realPath(resolve(cwd, path)).split(sep).includes('.repro'));
  if (into === undefined) return;
  throw new ReproError(`--output ${into} lies in .repro, where runs are kept: nothing else is written there`);
}
