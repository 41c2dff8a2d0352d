import { isReproError, ReproError } from '../errors.js';
import { printable } from '../text/printable.js';
import { unreadable } from '../text/unreadable.js';
import { holderOf, takeLock, type Writer } from './lock.js';
import { entryOf, type RunEntry, type Store } from './store.js';

/** Whether a living process writes a run; one on another machine counts as living. */
export function isBeingWritten(store: Store, id: string): boolean {
  const { lock, shown } = entryOf(store, id);
  try {
    return holderOf(lock) !== undefined;
  } catch (error) {
    throw isReproError(error) ? error : unreadable(`the lock of ${shown}`, error);
  }
}

function heldBy({ pid, host }: Writer, { id, shown }: RunEntry): ReproError {
  return new ReproError(`${shown} is being written by process ${pid} on ${printable(host)}`, {
    hint: `if that has ended, remove ${id}.lock beside it`,
  });
}

/**
 * Takes the lock of a run; returns what lets go of it.
 *
 * @throws ReproError if a living process writes the run
 */
export function lockRun(entry: RunEntry): () => void {
  const taken = takeLock(entry.lock);
  if ('holder' in taken) throw heldBy(taken.holder, entry);
  return taken.release;
}
