import { ReproError } from '../errors.js';
import type { Surroundings } from '../run/circumstances.js';
import { decodeCircumstances, decodePlan, decodeRepeat, isMap } from '../run/decodeDocument.js';
import { digestOf } from '../run/digest.js';
import { withoutInputs } from '../run/inputs.js';
import type { RunPlan, RunRecord, RunStatus, TracedRepeat } from '../run/record.js';
import { findRun } from '../store/findRun.js';
import { listRuns } from '../store/listRuns.js';
import { isBeingWritten } from '../store/lockRun.js';
import { type JournalContent, readJournal } from '../store/readJournal.js';
import type { RunEntry, Store } from '../store/store.js';

/** A run as its journal has it. */
export interface StoredRun {
  readonly plan: RunPlan;
  /** Where its experiment is, absolute. */
  readonly folder: string;
  /** Those that are kept, in their order. */
  readonly repeats: readonly TracedRepeat[];
  /** How it ended; undefined where it is under way, or was killed. */
  readonly status: RunStatus | undefined;
  readonly environment: Surroundings;
  /** Whether what is recorded cannot be executed as it stands: secrets were left out of it. */
  readonly redacted: boolean;
}

function repeatsPlanned(plan: unknown): number {
  const experiment = isMap(plan) && isMap(plan['experiment']) ? plan['experiment'] : {};
  return Number(experiment['repeats']);
}

/** Files that turned out to be none of the inputs, while the run went on. */
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
  // A run that ended early because its scores were enough has no more repeats than these.
  const last = isMap(end) && status === 'finished' ? Number(end['repeats']) : Number.POSITIVE_INFINITY;
  return {
    plan: withoutInputs(decodePlan(plan, repeatsPlanned(plan), wrong), changedIn(end)),
    folder,
    repeats: decoded.sort((a, b) => a.index - b.index).filter(({ index }) => index < last),
    status: status as RunStatus | undefined,
    environment: decodeCircumstances(isMap(end) ? (end['environment'] ?? environment) : environment, wrong),
    redacted: isMap(plan) && plan['redacted'] === true,
  };
}

/** Whether nothing is missing of a run. */
export function isComplete({ plan, repeats, status }: StoredRun): boolean {
  return repeats.length === plan.repeats || (status === 'finished' && plan.until !== null);
}

/** A run as a record, as far as it is kept. */
export function recordOf({ plan, repeats, status, environment }: StoredRun): RunRecord {
  return {
    plan,
    status: status ?? 'interrupted',
    repeats,
    digest: digestOf(repeats),
    circumstances: { elapsed: 0, threads: 1, ...environment },
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

/**
 * The last run of which something is missing, and that nobody is at work on.
 *
 * @throws ReproError where there is none
 */
export function lastUnfinished(store: Store): RunEntry {
  for (const entry of listRuns(store).reverse()) {
    const content = readJournal(entry.path, entry.shown);
    if (content.header && !isBeingWritten(store, entry.id) && !isComplete(storedRun(content, entry))) return entry;
  }
  throw new ReproError('no run in this folder is unfinished', { hint: 'repro runs lists them' });
}
