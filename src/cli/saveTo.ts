import { existsSync } from 'node:fs';
import type { Repeat } from '../run/record.js';
import { repeatDocument } from '../run/recordDocument.js';
import type { Journal } from '../store/openJournal.js';
import type { Io } from './io.js';

/** Saves repeats, and says so at once where that cannot be done. */
export function saveTo(io: Io, journal: Journal | undefined): (repeats: readonly Repeat[]) => void {
  let told = false;
  return (repeats) => {
    journal?.append(repeats.map((repeat) => JSON.stringify(repeatDocument(repeat))));
    if (told || journal?.problem === undefined) return;
    told = true;
    io.stderr.write(`repro: cannot save what is done: ${journal.problem}; trying again after every repeat\n`);
  };
}

/** Waits until all is on the disk, and tells of what is not. */
export async function closeJournal(io: Io, journal: Journal | undefined): Promise<void> {
  if (!journal) return;
  await journal.close();
  const { id, path, unsaved, problem } = journal;
  if (!existsSync(path)) {
    io.stderr.write(`repro: the journal of run ${id} is gone from the disk: nothing of the run is kept\n`);
    return;
  }
  if (problem === undefined) return;
  const counted = unsaved === 1 ? '1 repeat' : `${unsaved} repeats`;
  const again = `repro resume ${id} executes ${unsaved === 1 ? 'it' : 'them'} again when there is room`;
  const told =
    unsaved === 0
      ? `the run may not survive a power cut: ${problem}`
      : `${counted} could not be saved: ${problem}; ${again}`;
  io.stderr.write(`repro: ${told}\n`);
}
