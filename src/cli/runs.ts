import { isReproError } from '../errors.js';
import { renderRuns, runsFormats } from '../report/runsFormats.js';
import type { ListedRun, RunList, RunState } from '../report/runsReport.js';
import { digestOf } from '../run/digest.js';
import { ascending, median } from '../stats/summary.js';
import { listRuns } from '../store/listRuns.js';
import { isBeingWritten } from '../store/lockRun.js';
import { type JournalContent, readJournal } from '../store/readJournal.js';
import { startOfRun } from '../store/runId.js';
import { openStore, type RunEntry, type Store } from '../store/store.js';
import type { OutputFlags } from './flags.js';
import type { Io } from './io.js';
import { openOutputs } from './outputs.js';
import { isComplete, lossNote, type StoredRun, soundRepeats, storedRun } from './storedRun.js';

/** What `runs` takes. */
export interface RunsFlags extends OutputFlags {
  limit?: number;
}

/** Runs that a table lists, where nothing else is asked for. */
const LISTED = 20;

function stateOf(run: StoredRun, running: boolean): RunState {
  if (running) return 'running';
  // What a finished run has no longer, its journal has lost.
  if (run.status === 'finished' && !isComplete(run)) return 'damaged';
  return run.status ?? 'killed';
}

function listedRun({ id }: RunEntry, run: StoredRun, damage: readonly string[], running: boolean): ListedRun {
  const { plan, repeats, expected } = run;
  const done = soundRepeats(run).length;
  const finite = ascending(repeats.map(({ score }) => score).filter(Number.isFinite));
  return {
    ...{ id, started: startOfRun(id), plan, done, expected, state: stateOf(run, running), damage },
    median: finite.length === 0 ? null : median(finite),
    digest: isComplete(run) ? digestOf(repeats) : null,
  };
}

/** A run of which it is not known what it was. */
function lostRun({ id }: RunEntry, done: number, damage: readonly string[]): ListedRun {
  const unknown = { plan: null, expected: null, median: null, digest: null };
  return { id, started: startOfRun(id), ...unknown, done, state: 'damaged', damage };
}

/** What there is to a journal, whatever state it is in. @param notes gets what it has lost */
function look(store: Store, entry: RunEntry, notes: Set<string>): ListedRun {
  let content: JournalContent | undefined;
  try {
    // Asked first: a run that ends meanwhile has not been killed.
    const running = isBeingWritten(store, entry.id);
    content = readJournal(entry.path, entry.shown);
    const run = storedRun(content, entry);
    for (const note of running ? [] : lossNote(entry.id, run)) notes.add(note);
    return listedRun(entry, run, content.damage, running);
  } catch (error) {
    if (!isReproError(error)) throw error;
    return lostRun(entry, content?.repeats.size ?? 0, [error.message, ...(content?.damage ?? [])]);
  }
}

/** `repro runs`: the runs that are kept in this folder. */
export async function runsCommand(io: Io, flags: RunsFlags): Promise<void> {
  const store = openStore(io.cwd());
  const entries = listRuns(store);
  const now = new Date();
  const notes = new Set<string>();
  const outputs = openOutputs(flags, runsFormats, io);
  try {
    for (const { format, style, write } of outputs) {
      // A program that reads a list counts on all of it.
      const limit = flags.limit ?? (format === 'table' ? LISTED : entries.length);
      const last = entries.slice(Math.max(0, entries.length - limit));
      const list: RunList = {
        runs: last.map((entry) => look(store, entry, notes)),
        omitted: entries.length - last.length,
      };
      write(await renderRuns(list, now, format, style));
    }
    for (const note of notes) io.stderr.write(`repro: ${note}\n`);
  } finally {
    for (const { close } of outputs) close();
  }
}
