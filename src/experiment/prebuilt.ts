import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../packageRoot.js';
import { ENDINGS } from './endings.js';
import type { Experiment } from './experiment.js';
import { shippedFolder } from './shipped.js';

interface Prebuilt {
  readonly text: string;
  readonly experiment: Experiment;
}

/**
 * A shipped experiment as the build resolved it, which spares its parser and its schema; undefined where the current folder
 * has one of the same name, or the shipped file is not what it was.
 */
export function prebuiltExperiment(name: string, cwd: string): Experiment | undefined {
  const shipped = shippedFolder();
  const own = join(cwd, 'experiments');
  if (own !== shipped && ENDINGS.some((ending) => existsSync(join(own, name + ending)))) return undefined;
  const file = `${name}.yaml`;
  try {
    const known = JSON.parse(readFileSync(join(packageRoot(), 'dist', 'experiments.json'), 'utf8')) as Record<
      string,
      Prebuilt
    >;
    const prebuilt = Object.hasOwn(known, file) ? known[file] : undefined;
    return prebuilt && readFileSync(join(shipped, file), 'utf8') === prebuilt.text ? prebuilt.experiment : undefined;
  } catch {
    return undefined;
  }
}
