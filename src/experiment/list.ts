import { ReproError } from '../errors.js';
import { experimentFiles, type Folders, shownPath } from './find.js';
import { loadExperiment } from './load.js';

export interface ListedExperiment {
  readonly name: string;
  /** The file, as it is shown. */
  readonly file: string;
  /** Whether it comes with the package. */
  readonly shipped: boolean;
  /** What it says of itself, or what is wrong with it. */
  readonly description: string;
}

function descriptionOf(path: string, folders: Folders): string {
  try {
    return loadExperiment(path, { ...folders, overrides: [] }).experiment.description;
  } catch (error) {
    if (!(error instanceof ReproError)) throw error;
    const [first, ...others] = error.message.split('\n');
    return others.length === 0 ? `${first}` : `${first} (and ${others.length} more)`;
  }
}

/** The experiments of `./experiments`, which hide shipped ones of the same name, and the shipped ones; by name. */
export function listExperiments(folders: Folders): ListedExperiment[] {
  return experimentFiles(folders).map(({ name, path, shipped }) => ({
    name,
    file: shownPath(path, folders.cwd),
    shipped,
    description: descriptionOf(path, folders),
  }));
}
