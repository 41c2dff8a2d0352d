import { rmSync } from 'node:fs';
import { isReproError } from '../errors.js';
import { unwritable } from '../text/unwritable.js';
import { lockRun } from './lockRun.js';
import { entryOf, type Store } from './store.js';

/**
 * Removes a run's journal; does nothing if there is none.
 *
 * @throws ReproError if the run is being written, or the store cannot be
 */
export function removeRun(store: Store, id: string): void {
  const entry = entryOf(store, id);
  try {
    const release = lockRun(entry);
    try {
      rmSync(entry.path, { force: true });
    } finally {
      release();
    }
  } catch (error) {
    throw isReproError(error) ? error : unwritable(entry.shown, error);
  }
}
