import { closeSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { isReproError, ReproError } from '../errors.js';
import { unwritable } from '../text/unwritable.js';
import { lockRun } from './lockRun.js';
import { type Journal, openJournal } from './openJournal.js';
import { type JournalContent, readJournal } from './readJournal.js';
import { entryOf, type RunEntry, type Store } from './store.js';

/** A journal that is gone on with, and what it holds so far. */
export interface ContinuedJournal {
  readonly journal: Journal;
  readonly content: JournalContent;
}

const NEWLINE = 10;

/** Whether the bytes before `size` are no whole line. */
function isUnended(file: number, size: number): boolean {
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] !== NEWLINE;
}

/** Opens a journal for writing, without what a kill has cut short at its end. */
function openSound({ path }: RunEntry, size: number): { file: number; unended: boolean } {
  const file = openSync(path, 'r+');
  try {
    ftruncateSync(file, size);
    return { file, unended: isUnended(file, size) };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/**
 * Opens the journal of a run to write more repeats: it is locked first, then read, so no other process comes between, and repaired
 * where it was cut short at its end.
 *
 * @throws ReproError if the run is being written, or its journal cannot be read, has no header left or cannot be written
 */
export function continueJournal(store: Store, id: string): ContinuedJournal {
  const entry = entryOf(store, id);
  try {
    const release = lockRun(entry);
    try {
      const content = readJournal(entry.path, entry.shown);
      if (!content.header) throw new ReproError(`${entry.shown} cannot be continued: its header is lost`);
      const { soundBytes } = content;
      const sound = openSound(entry, soundBytes);
      const journal = openJournal({ id, path: entry.path, ...sound, size: soundBytes, changedFolders: [], release });
      return { journal, content };
    } catch (error) {
      release();
      throw error;
    }
  } catch (error) {
    throw isReproError(error) ? error : unwritable(entry.shown, error);
  }
}
