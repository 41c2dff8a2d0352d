import { close, fdatasync, fsync, open } from 'node:fs';
import { whyUnwritable } from '../text/unwritable.js';

/** Milliseconds for which writes are gathered: a run that is over by then waits for the disk once. */
const GATHERED = 10;

/** Has a file's content put onto its disk in the background, one call at a time. */
export interface Syncing {
  /** What was written until now must be put there; what is written during a call waits for the next. */
  due(): void;
  /** Resolves when nothing is due any more. */
  settled(): Promise<void>;
  /** Why that has failed, in one clause: what was written before may be lost with the power. */
  readonly problem: string | undefined;
}

/** Puts a folder's entries onto its disk. Not every system can: what is due is done all the same. */
function syncFolder(path: string, done: () => void): void {
  open(path, 'r', (unopened, folder) => {
    if (unopened) done();
    else fsync(folder, () => close(folder, done));
  });
}

/**
 * @param file open for writing
 * @param folders in which the file or a folder of it was made; their entries go first
 */
export function syncing(file: number, folders: readonly string[]): Syncing {
  const unsynced = [...folders];
  let isDue = false;
  let isRunning = false;
  let problem: string | undefined;
  let settle: (() => void) | undefined;

  const next = () => {
    isRunning = true;
    const folder = unsynced.shift();
    if (folder !== undefined) syncFolder(folder, next);
    else if (isDue) {
      isDue = false;
      fdatasync(file, (error) => {
        if (error) problem ??= whyUnwritable(error);
        next();
      });
    } else {
      isRunning = false;
      settle?.();
    }
  };

  // While the run begins, the disk has nothing to do.
  if (unsynced.length > 0) next();
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!isRunning) next();
  };

  return {
    due() {
      isDue = true;
      if (!isRunning) timer ??= setTimeout(start, GATHERED);
    },
    settled: () =>
      new Promise((resolve) => {
        settle = resolve;
        start();
      }),
    get problem() {
      return problem;
    },
  };
}
