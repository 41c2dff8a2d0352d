import { ReproError } from '../errors.js';
import { findRun } from '../store/findRun.js';
import { listRuns } from '../store/listRuns.js';
import { isBeingWritten, lockRun } from '../store/lockRun.js';
import { removeLeftOvers } from '../store/removeLeftOvers.js';
import { removeRun } from '../store/removeRun.js';
import { startOfRun } from '../store/runId.js';
import { openStore, type RunEntry, type Store } from '../store/store.js';
import type { Io } from './io.js';

/** What `prune` takes. */
export interface PruneFlags {
  /** How many of the last runs stay, whatever their age. */
  keep?: number;
  /** Seconds. */
  olderThan?: number;
  dryRun?: boolean;
  quiet?: boolean;
}

/** Runs that are named, each once; none that is being written. */
function namedRuns(store: Store, names: readonly string[]): RunEntry[] {
  const runs = names.map((name) => findRun(store, name));
  // Tells who writes one, before any is removed.
  for (const run of runs) if (isBeingWritten(store, run.id)) lockRun(run)();
  return runs.filter(({ id }, i) => runs.findIndex((each) => each.id === id) === i);
}

/** Runs that criteria meet, all of those that are given, and that are not being written. */
function metRuns(store: Store, { keep = 0, olderThan = 0 }: PruneFlags, now: number): RunEntry[] {
  const runs = listRuns(store);
  const isOld = ({ id }: RunEntry) => olderThan === 0 || now - (startOfRun(id)?.getTime() ?? now) > olderThan * 1000;
  return runs.slice(0, Math.max(0, runs.length - keep)).filter((run) => isOld(run) && !isBeingWritten(store, run.id));
}

/** @throws ReproError where it is not said which runs */
function prunedRuns(store: Store, names: readonly string[], flags: PruneFlags): RunEntry[] {
  const { keep, olderThan } = flags;
  const met = keep !== undefined || olderThan !== undefined;
  if (names.length > 0 && met) {
    throw new ReproError('runs are named, or chosen by --keep and --older-than, not both at once');
  }
  if (names.length > 0) return namedRuns(store, names);
  if (met) return metRuns(store, flags, Date.now());
  throw new ReproError('which runs are to be removed?', {
    hint: 'name them, or give --keep 20 or --older-than 30d; --dry-run shows which those are',
  });
}

/** `repro prune [RUN…]`: removes runs, and prints their ids. */
export function pruneCommand(io: Io, names: readonly string[], flags: PruneFlags): void {
  const { dryRun = false, quiet = false } = flags;
  const store = openStore(io.cwd());
  const runs = prunedRuns(store, names, flags);
  for (const { id } of runs) {
    if (!dryRun) removeRun(store, id);
    io.stdout.write(`${id}\n`);
  }
  if (!dryRun) removeLeftOvers(store);
  const count = runs.length === 1 ? '1 run' : `${runs.length} runs`;
  if (!quiet) io.stderr.write(`repro: ${dryRun ? `would remove ${count}` : `removed ${count}`}\n`);
}
