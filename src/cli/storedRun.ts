import { isReproError, ReproError } from '../errors.js';
import type { Surroundings } from '../run/circumstances.js';
import { decodeCircumstances, decodePlan, decodeRepeat, isMap } from '../run/decodeDocument.js';
import { digestOf } from '../run/digest.js';
import { withoutInputs } from '../run/inputs.js';
import type { SavedRun } from '../run/readRecord.js';
import type { Circumstances, RunPlan, RunStatus, TracedRepeat } from '../run/record.js';
import { findRun } from '../store/findRun.js';
import { listRuns } from '../store/listRuns.js';
import { isBeingWritten } from '../store/lockRun.js';
import { type JournalContent, readJournal } from '../store/readJournal.js';
import type { RunEntry, Store } from '../store/store.js';
import { keptRepeats, type RunEnd } from './keptRepeats.js';

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
  /** Indices of those that cannot all be what the run had when it ended. */
  readonly doubtful: ReadonlySet<number>;
  /** How many it has when nothing is missing: as planned, or fewer where its scores were enough. */
  readonly expected: number;
  /** How it ended; undefined where it is under way, or was killed. */
  readonly status: RunStatus | undefined;
  /** In which it began. */
  readonly environment: Surroundings & Partial<Pick<Circumstances, 'elapsed' | 'threads'>>;
  /** Whether that is all there is to know: a header is written before everybody has answered. */
  readonly settled: boolean;
}

function repeatsPlanned(plan: unknown): number {
  const experiment = isMap(plan) && isMap(plan['experiment']) ? plan['experiment'] : {};
  return Number(experiment['repeats']);
}

function changedIn(end: object | undefined): readonly string[] {
  const changed = isMap(end) ? end['changed'] : [];
  return Array.isArray(changed) ? changed : [];
}

/** What an end says of a run that has all its repeats. */
function runEnd(end: object | undefined): RunEnd | undefined {
  const { status, repeats, digest } = isMap(end) ? end : {};
  const isWhole = status === 'finished' && typeof repeats === 'number' && typeof digest === 'string';
  return isWhole ? { repeats, digest } : undefined;
}

/**
 * The run that a journal holds.
 *
 * @throws ReproError for one whose header is lost
 */
export function storedRun(content: JournalContent, { id }: Pick<RunEntry, 'id'>): StoredRun {
  const { header, end, ends } = content;
  const lastEnd = ends.at(-1);
  const wrong = (what: string) => new ReproError(`run ${id} ${what}`);
  if (!isMap(header)) throw wrong('has lost its header: what it executed is not known');
  const { folder, environment } = header;
  if (typeof folder !== 'string') throw wrong('has no folder');
  const plan = decodePlan(header['plan'], repeatsPlanned(header['plan']), wrong);
  const ended = runEnd(end);
  // A run that ended early because its scores were enough has no more repeats than these.
  const expected = ended?.repeats ?? plan.repeats;
  const decoded = (repeats: ReadonlyMap<number, object>) =>
    new Map(
      [...repeats.values()]
        .map((part) => decodeRepeat(part, 'a repeat', wrong))
        .filter(({ index }) => index < expected)
        .map((repeat) => [repeat.index, repeat]),
    );
  return {
    ...{ plan, changed: changedIn(end), folder },
    ...keptRepeats(plan, decoded(content.repeats), decoded(content.latest), ended),
    expected,
    status: (isMap(end) ? end['status'] : undefined) as RunStatus | undefined,
    environment: decodeCircumstances(isMap(lastEnd) ? (lastEnd['environment'] ?? environment) : environment, wrong),
    settled: lastEnd !== undefined,
  };
}

/** Repeats that need not be executed again. */
export function soundRepeats({ repeats, doubtful }: StoredRun): readonly TracedRepeat[] {
  return doubtful.size === 0 ? repeats : repeats.filter(({ index }) => !doubtful.has(index));
}

/** Whether a run has ended with all its repeats, and they are there. */
export function isComplete(run: StoredRun): boolean {
  return run.status === 'finished' && soundRepeats(run).length === run.expected;
}

/** One line about what a run has no longer that had ended with all its repeats; none where nothing is missing. */
export function lossNote(id: string, run: StoredRun): string[] {
  if (run.status !== 'finished' || isComplete(run)) return [];
  const lost = run.expected - soundRepeats(run).length;
  const [verb, which] = lost === 1 ? ['is', 'it'] : ['are', 'them'];
  const counted = run.expected === 1 ? 'its only repeat is' : `${lost} of ${run.expected} repeats ${verb}`;
  return [`run ${id}: ${counted} lost or damaged: repro resume ${id} executes ${which} again`];
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

/** What is wrong with the journal of a run, a line each, and what that has cost it. */
export function damageOf({ entry, content, run }: OpenedRun): string[] {
  return [...content.damage, ...lossNote(entry.id, run)];
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
 * @param tell hears of what is passed over, a line each: of a run that cannot be read it is not known whether it is the one
 * @throws ReproError where there is none
 */
export function lastUnfinished(store: Store, tell: (line: string) => void): RunEntry {
  for (const entry of listRuns(store).reverse()) {
    if (isBeingWritten(store, entry.id)) continue;
    try {
      if (!isComplete(storedRun(readJournal(entry.path, entry.shown), entry))) return entry;
    } catch (error) {
      if (!isReproError(error)) throw error;
      tell(`${error.message}; it is passed over`);
    }
  }
  throw new ReproError('no run in this folder is unfinished', { hint: 'repro runs lists them' });
}
