import { experimentFiles, type Folders } from '../experiment/find.js';
import { findRun } from '../store/findRun.js';
import { listRuns } from '../store/listRuns.js';
import { openStore, type RunEntry } from '../store/store.js';

/** A part of an id that is long enough not to be one by chance. */
const PART = /^[0-9a-z-]{4,}$/;
/** The date that an id begins with. */
const DATE = /^\d{8}(-|$)/;

/**
 * The run that a name stands for where experiments can be named as well: `last`, an id, or four signs or more of its beginning or end.
 * An experiment of that name comes first.
 *
 * @returns undefined for a name of no run
 * @throws ReproError for one that several runs have, or that none has and that can only be a run's
 */
export function namedRun(name: string, folders: Folders): RunEntry | undefined {
  if (name !== 'last' && !PART.test(name)) return undefined;
  const store = openStore(folders.cwd);
  const isOfRun = name === 'last' || listRuns(store).some(({ id }) => id.startsWith(name) || id.endsWith(name));
  if (!isOfRun && !DATE.test(name)) return undefined;
  return experimentFiles(folders).some((file) => file.name === name) ? undefined : findRun(store, name);
}
