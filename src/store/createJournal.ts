import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { unwritable } from '../text/unwritable.js';
import { headerLines } from './document.js';
import { takeLock } from './lock.js';
import { type Journal, openJournal } from './openJournal.js';
import { ownMark } from './ownMark.js';
import { newRunId } from './runId.js';
import { entryOf, type RunEntry, type Store } from './store.js';

/** What `make` returns; undefined if what it makes is there already. */
function unlessThere<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
}

function makeFolder(path: string): boolean {
  return (
    unlessThere(() => {
      mkdirSync(path);
      return true;
    }) ?? false
  );
}

/**
 * Has git leave a folder alone, by a file that is whole as soon as it is there; whether it had to be made. Where it cannot be, the run
 * matters more.
 */
function keepOutOfGit(folder: string): boolean {
  const path = join(folder, '.gitignore');
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat && (!stat.isFile() || stat.size > 0)) return false;
  const fresh = `${path}.${ownMark().toString(36)}`;
  try {
    writeFileSync(fresh, '*\n', { flag: 'wx' });
    renameSync(fresh, path);
    return true;
  } catch {
    rmSync(fresh, { force: true });
    return false;
  }
}

/** Makes the folders of a store; returns those in which something was made. */
function makeStore({ folder, runs }: Store): string[] {
  const changed = makeFolder(folder) ? [dirname(folder)] : [];
  const ignored = keepOutOfGit(folder);
  const made = !existsSync(runs) && makeFolder(runs);
  return ignored || made ? [...changed, folder] : changed;
}

/** A new, empty file that no other run has or gets, and its lock. */
interface NewFile {
  readonly entry: RunEntry;
  readonly file: number;
  readonly release: () => void;
}

function makeFile(store: Store): NewFile {
  for (;;) {
    const entry = entryOf(store, newRunId(new Date()));
    const taken = takeLock(entry.lock);
    if ('holder' in taken) continue;
    const { release } = taken;
    try {
      const file = unlessThere(() => openSync(entry.path, 'wx'));
      if (file !== undefined) return { entry, file, release };
    } catch (error) {
      release();
      throw error;
    }
    release();
  }
}

function writeHeader({ entry, file, release }: NewFile, lines: Buffer): void {
  try {
    writeFileSync(file, lines);
  } catch (error) {
    closeSync(file);
    unlinkSync(entry.path);
    release();
    throw error;
  }
}

/**
 * Makes a journal for a new run; its header, and a copy in case one is damaged, are written when it returns.
 *
 * @param header any object without the keys `kind`, `format`, `version` and `check`, which are the journal's own
 * @throws ReproError where that cannot be written
 */
export function createJournal(store: Store, header: object): Journal {
  const lines = headerLines(header);
  try {
    const changed = makeStore(store);
    const made = makeFile(store);
    writeHeader(made, lines);
    const { id, path } = made.entry;
    const changedFolders = [...changed, store.runs];
    return openJournal({ ...made, id, path, size: lines.length, unended: false, changedFolders });
  } catch (error) {
    throw unwritable('.repro/runs', error);
  }
}
