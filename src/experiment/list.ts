import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parse } from 'yaml';
import { ENDINGS } from './endings.js';

export interface ListedExperiment {
  readonly name: string;
  readonly file: string;
  /** Whether it comes with the package. */
  readonly shipped: boolean;
  readonly description: string;
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => ENDINGS.includes(extname(name)));
  } catch {
    return [];
  }
}

function descriptionOf(file: string): string {
  try {
    const { description } = parse(readFileSync(file, 'utf8')) as { description?: unknown };
    return typeof description === 'string' ? description : '';
  } catch (error) {
    return `cannot be read: ${(error as Error).message.split('\n')[0]}`;
  }
}

/** The experiments of `./experiments`, which hide shipped ones of the same name, and the shipped ones; by name. */
export function listExperiments({ cwd, shippedFolder }: { cwd: string; shippedFolder: string }): ListedExperiment[] {
  const found = new Map<string, ListedExperiment>();
  const own = join(cwd, 'experiments');
  for (const folder of own === shippedFolder ? [shippedFolder] : [own, shippedFolder]) {
    for (const name of filesOf(folder)) {
      const file = join(folder, name);
      const stem = basename(name, extname(name));
      if (found.has(stem)) continue;
      found.set(stem, { name: stem, file, shipped: folder === shippedFolder, description: descriptionOf(file) });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
