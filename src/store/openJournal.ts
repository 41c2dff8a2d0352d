import { closeSync } from 'node:fs';
import { endLine, repeatLines } from './document.js';
import { lineWriter } from './lineWriter.js';
import { syncing } from './syncing.js';

/** A run's journal, open for writing. */
export interface Journal {
  readonly id: string;
  readonly path: string;
  /**
   * Writes finished repeats before it returns, so that no kill takes them; a little later they are on the disk, so that no power cut
   * does. Where there is no room it throws nothing: they are kept, and written by the next call for which there is.
   *
   * @param repeats JSON objects as `JSON.stringify` writes them, each with its number, from 1, as `repeat`, best as the first key, and
   *   without the keys `kind` and `check`, which are the journal's own. They are texts because for many short repeats making these is
   *   most of the work.
   */
  append(repeats: readonly string[]): void;
  /** Writes how the run ended, as `append` does: an object without these keys. */
  end(content: object): void;
  /** Tries once more to write what is unsaved, waits for the disk and lets go of the journal. */
  close(): Promise<void>;
  /** Repeats that could not be written. */
  readonly unsaved: number;
  /** Why they could not, or why they may not survive a power cut, in one clause. */
  readonly problem: string | undefined;
}

/** A journal's file, locked and open for writing. */
interface JournalFile {
  readonly id: string;
  readonly path: string;
  readonly file: number;
  /** Where the next line begins, in bytes. */
  readonly size: number;
  /** Whether a line end is missing there. */
  readonly unended: boolean;
  /** The folders in which something was made. */
  readonly changedFolders: readonly string[];
  /** Lets go of the lock. */
  readonly release: () => void;
}

const NO_LINES = Buffer.alloc(0);

export function openJournal({ id, path, file, size, unended, changedFolders, release }: JournalFile): Journal {
  const writer = lineWriter(file, size);
  const disk = syncing(file, changedFolders);
  let closed: Promise<void> | undefined;

  const write = (lines: Buffer, repeats: number) => {
    if (closed) throw new Error('this journal is closed');
    writer.write({ lines, repeats });
    disk.due();
  };
  const close = async () => {
    await disk.settled();
    closeSync(file);
    release();
  };

  write(unended ? Buffer.from('\n') : NO_LINES, 0);
  return {
    id,
    path,
    append: (repeats) => write(repeatLines(repeats), repeats.length),
    end: (content) => write(endLine(content), 0),
    close() {
      if (!closed) {
        if (writer.problem !== undefined) write(NO_LINES, 0);
        closed = close();
      }
      return closed;
    },
    get unsaved() {
      return writer.unsaved;
    },
    get problem() {
      return writer.problem ?? disk.problem;
    },
  };
}
