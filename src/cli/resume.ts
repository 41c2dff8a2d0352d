import { surroundings } from '../run/circumstances.js';
import { checkApart } from '../run/executeRuns.js';
import { inputPaths } from '../run/inputs.js';
import { continueJournal } from '../store/continueJournal.js';
import { isBeingWritten } from '../store/lockRun.js';
import { openStore, type Store } from '../store/store.js';
import { printable } from '../text/printable.js';
import type { RunFlags } from './flags.js';
import type { Io } from './io.js';
import { perform } from './perform.js';
import { checkRepeatable, prepareStored } from './prepareStored.js';
import { openRunOutputs, type RunOutputs, writeRecord } from './runOutputs.js';
import { spareInputs } from './spareInputs.js';
import { isComplete, lastUnfinished, type OpenedRun, openRun, recordOf, soundRepeats, storedRun } from './storedRun.js';
import { surroundingsSince } from './surroundingsSince.js';

/** Differences that are told, of very many; the journal has them all. */
const MOST_TOLD = 5;

function told(differences: readonly string[]): string {
  const more = differences.length - MOST_TOLD;
  return printable([...differences.slice(0, MOST_TOLD), ...(more > 0 ? [`${more} more`] : [])].join('; '));
}

/** Executes what is missing of a run; it is read once more, when no other process can write it any more. */
async function goOn(
  io: Io,
  store: Store,
  { entry: { id } }: OpenedRun,
  outputs: RunOutputs,
  flags: RunFlags,
): Promise<number> {
  const { journal, content } = continueJournal(store, id);
  try {
    const run = storedRun(content, { id });
    const { plan, folder } = run;
    const since = await surroundingsSince(surroundings(plan.experiment, folder, io.env), run);
    const { differences } = since;
    if (differences.length > 0) io.stderr.write(`repro: run ${id} began in other surroundings: ${told(differences)}\n`);
    const prepared = await prepareStored(id, run, io.cwd());
    await checkApart([{ plan, prepared }], flags);
    return await perform(io, { plan, prepared, known: soundRepeats(run), folder, journal, ...since }, outputs, flags);
  } finally {
    await journal.close();
  }
}

/** `repro resume [RUN]` → exit code: executes what is missing of a run; of one that has all its repeats, prints the result. */
export async function resumeCommand(io: Io, name: string | undefined, flags: RunFlags): Promise<number> {
  const store = openStore(io.cwd());
  const tell = (line: string) => io.stderr.write(`repro: ${line}\n`);
  const opened = openRun(store, name ?? lastUnfinished(store, tell).id);
  const { entry, content, run } = opened;
  content.damage.forEach(tell);
  const goesOn = !isComplete(run) || isBeingWritten(store, entry.id);
  // Once more when it is locked; here nothing has been written yet, not even the end of a line that was cut short.
  if (goesOn) await checkRepeatable(entry.id, run);
  spareInputs(inputPaths(run.plan, run.folder), 'what the run reads', flags, io.cwd());
  const outputs = await openRunOutputs(io, flags);
  try {
    if (goesOn) return await goOn(io, store, opened, outputs, flags);
    if (!flags.quiet) io.stderr.write(`repro: run ${entry.id} is finished: this is its result\n`);
    await writeRecord(outputs, recordOf(run));
    return 0;
  } finally {
    outputs.close();
  }
}
