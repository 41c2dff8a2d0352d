import { isReproError, ReproError } from '../errors.js';
import type { Surroundings } from '../run/circumstances.js';
import { decodeCircumstances, decodePlan, decodeRepeat, isMap } from '../run/decodeDocument.js';
import { digestOf } from '../run/digest.js';
import { withoutInputs } from '../run/inputs.js';
import type { SavedRun } from '../run/readRecord.js';
import type { RunPlan, RunStatus, TracedRepeat } from '../run/record.js';
import { findRun } from '../store/findRun.js';
import { listRuns } from '../store/listRuns.js';
import { isBeingWritten } from '../store/lockRun.js';
import { type JournalContent, readJournal } from '../store/readJournal.js';
import type { RunEntry, Store } from '../store/store.js';

/** A run as its journal has it. */
export interface StoredRun {
  /** As it was when the run began. */
  readonly plan: RunPlan;
  /** Inputs that changed while it went on; where it has finished they were none, but outputs. */
  readonly changed: readonly string[];
  /** Where its experiment is, absolute. */
  readonly folder: string;
  /** Those that are kept, in their order. */
  readonly repeats: readonly TracedRepeat[];
  /** How many it has when nothing is missing: as planned, or fewer where its scores were enough. */
  readonly expected: number;
  /** How it ended; undefined where it is under way, or was killed. */
  readonly status: RunStatus | undefined;
  readonly environment: Surroundings;
}

function repeatsPlanned(plan: unknown): number {
  const experiment = isMap(plan) && isMap(plan['experiment']) ? plan['experiment'] : {};
  return Number(experiment['repeats']);
}

function changedIn(end: object | undefined): readonly string[] {
  const changed = isMap(end) ? end['changed'] : [];
  return Array.isArray(changed) ? changed : [];
}

/**
 * The run that a journal holds.
 *
 * @throws ReproError for one whose header is lost
 */
export function storedRun({ header, repeats, end }: JournalContent, { id }: Pick<RunEntry, 'id'>): StoredRun {
  const wrong = (what: string) => new ReproError(`run ${id} ${what}`);
  if (!isMap(header)) throw wrong('has lost its header: what it executed is not known');
  const { plan, folder, environment } = header;
  if (typeof folder !== 'string') throw wrong('has no folder');
  const decoded = [...repeats.values()].map((part) => decodeRepeat(part, 'a repeat', wrong));
  const { status } = isMap(end) ? end : {};
  const decodedPlan = decodePlan(plan, repeatsPlanned(plan), wrong);
  // A run that ended early because its scores were enough has no more repeats than these.
  const expected = isMap(end) && status === 'finished' ? Number(end['repeats']) : decodedPlan.repeats;
  return {
    plan: decodedPlan,
    changed: changedIn(end),
    folder,
    repeats: decoded.sort((a, b) => a.index - b.index).filter(({ index }) => index < expected),
    expected,
    status: status as RunStatus | undefined,
    environment: decodeCircumstances(isMap(end) ? (end['environment'] ?? environment) : environment, wrong),
  };
}

/** Whether a run has ended with all its repeats, and they are there. */
export function isComplete({ status, repeats, expected }: StoredRun): boolean {
  return status === 'finished' && repeats.length === expected;
}

/** A run as a record, as far as it is kept. */
export function recordOf({ plan, changed, repeats, status, environment }: StoredRun): SavedRun {
  return {
    plan: withoutInputs(plan, changed),
    status: status ?? 'interrupted',
    repeats,
    digest: digestOf(repeats),
    // Of a run without an end they are not known. Keys stay in their order.
    circumstances: { ...environment, elapsed: 0, threads: 1, ...environment },
  };
}

/** A run that is kept, and all that its journal says. */
export interface OpenedRun {
  readonly entry: RunEntry;
  readonly content: JournalContent;
  readonly run: StoredRun;
}

/** Reads the run of a name; see findRun. */
export function openRun(store: Store, name: string): OpenedRun {
  const entry = findRun(store, name);
  const content = readJournal(entry.path, entry.shown);
  return { entry, content, run: storedRun(content, entry) };
}

/** Whether something is missing of a run; of one that cannot be read it is not known what. */
function isUnfinished(entry: RunEntry): boolean {
  try {
    return !isComplete(storedRun(readJournal(entry.path, entry.shown), entry));
  } catch (error) {
    if (!isReproError(error)) throw error;
    return false;
  }
}

/**
 * The last run of which something is missing, and that nobody is at work on.
 *
 * @throws ReproError where there is none
 */
export function lastUnfinished(store: Store): RunEntry {
  for (const entry of listRuns(store).reverse()) {
    if (!isBeingWritten(store, entry.id) && isUnfinished(entry)) return entry;
  }
  throw new ReproError('no run in this folder is unfinished', { hint: 'repro runs lists them' });
}
