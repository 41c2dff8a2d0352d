import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ReproError } from '../errors.js';
import { suggestion } from '../text/nearest.js';
import { printable } from '../text/printable.js';
import { ENDINGS, MODULE_ENDINGS } from './endings.js';

/** Where experiments are looked for. */
export interface Folders {
  readonly cwd: string;
  /** The folder of the experiments that come with the package. */
  readonly shippedFolder: string;
}

export interface ExperimentFile {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Whether it comes with the package. */
  readonly shipped: boolean;
}

/** `./experiments`, then the shipped ones: the first file of a name is meant, and of its endings the first in ENDINGS. */
function foldersOf({ cwd, shippedFolder }: Folders): string[] {
  return [...new Set([resolve(cwd, 'experiments'), resolve(shippedFolder)])];
}

function namesIn(folder: string, ending: string): string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith(ending) && file !== ending);
  } catch {
    return [];
  }
}

/** Every experiment that can be named, by name. */
export function experimentFiles(folders: Folders): ExperimentFile[] {
  const found = new Map<string, ExperimentFile>();
  for (const folder of foldersOf(folders)) {
    for (const ending of ENDINGS) {
      for (const file of namesIn(folder, ending)) {
        const name = file.slice(0, -ending.length);
        const shipped = folder === resolve(folders.shippedFolder);
        if (!found.has(name)) found.set(name, { name, path: join(folder, file), shipped });
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The file that a name or a path stands for, absolute.
 *
 * @throws ReproError for a name that is none
 */
export function findExperiment(name: string, folders: Folders): string {
  const isPath =
    name.includes('/') || name.includes(sep) || [...ENDINGS, ...MODULE_ENDINGS].some((ending) => name.endsWith(ending));
  if (isPath) return resolve(folders.cwd, name);
  for (const folder of foldersOf(folders)) {
    const path = ENDINGS.map((ending) => join(folder, name + ending)).find((each) => existsSync(each));
    if (path !== undefined) return path;
  }
  const names = experimentFiles(folders).map((each) => each.name);
  const here = [...ENDINGS, ...MODULE_ENDINGS]
    .map((ending) => name + ending)
    .find((file) => existsSync(join(folders.cwd, file)));
  throw new ReproError(`no experiment "${printable(name)}"${suggestion(',', name, names, 3)}`, {
    hint: here
      ? `${printable(here)} is here: repro run ./${printable(here)}`
      : 'repro list names them all; a path ends in .yaml, .yml, .json, or, of a module, in .mjs, .js or .ts',
  });
}

/** A path as it is shown: from the current folder where it is inside. */
export function shownPath(path: string, cwd: string): string {
  const inside = relative(cwd, path);
  const outside = inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return printable(outside ? path : inside);
}
