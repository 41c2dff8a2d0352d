import { changedInputs } from '../analysis/planDifferences.js';
import { circumstances, type Observation } from '../run/circumstances.js';
import { collectRepeats } from '../run/collect.js';
import { executeRuns } from '../run/executeRuns.js';
import { inputsOf, withoutInputs } from '../run/inputs.js';
import type { Prepared } from '../run/prepare.js';
import { rangesWithout } from '../run/rangesWithout.js';
import { hasFailed, type Repeat, type RunPlan } from '../run/record.js';
import type { Journal } from '../store/openJournal.js';
import { printable } from '../text/printable.js';
import { tellFailures } from './failures.js';
import type { RunFlags } from './flags.js';
import type { Io } from './io.js';
import { progressBar } from './progress.js';
import { createRunEnding, lastRepeatOf, type RunEnding } from './runEnding.js';
import type { RunOutputs } from './runOutputs.js';
import { closeJournal, saveTo } from './saveTo.js';

/** A run to be executed from where it stands. */
export interface Performance {
  readonly plan: RunPlan;
  readonly prepared: Prepared;
  /** Repeats that were executed before, in their order. */
  readonly known: readonly Repeat[];
  /** Where the experiment is, absolute. */
  readonly folder: string;
  /** Where repeats are saved, if anywhere. */
  readonly journal: Journal | undefined;
  readonly around: Observation;
  /** What of that is no longer as it was when the run began. */
  readonly differences?: readonly string[];
}

/** What is said of the first repeat that fails. */
const GOES_ON = 'the run goes on; --fail-fast ends it at the first failure';

/** Files that the experiment names and that are not what they were when the run began: outputs, or an edit under way. */
async function tellChanges(io: Io, { plan, folder }: Performance): Promise<string[]> {
  if (plan.inputs.length === 0) return [];
  const changed = changedInputs({ inputs: await inputsOf(plan.experiment, folder) }, plan);
  for (const path of changed) {
    const remedy = 'if the command writes it, --artifact names it';
    io.stderr.write(`repro: ${printable(path)} changed while the run went on; ${remedy}\n`);
  }
  return changed;
}

/** What is under way may take its time to end, and what follows it to be cleaned up. */
function tellEnding(io: Io, ending: RunEnding): void {
  if (!io.stderr.isTTY || ending.exitCode() === undefined) return;
  io.stderr.write('\nrepro: ending what is under way; once more ends it at once\n');
}

/** What a run that has ended says of itself on stderr, and the exit code. */
function conclude(
  io: Io,
  { plan, journal }: Performance,
  counts: { readonly repeats: number; readonly failed: number },
  signalled: number | undefined,
): number {
  const { repeats, failed } = counts;
  if (signalled !== undefined) {
    const resumes = journal ? `: repro resume ${journal.id} goes on` : '';
    io.stderr.write(`repro: interrupted after ${repeats} of ${plan.repeats} repeats${resumes}\n`);
    return signalled;
  }
  if (failed === 0) return 0;
  io.stderr.write(`repro: ${failed} of ${repeats} repeats failed\n`);
  return 3;
}

/**
 * Executes a run from where it stands, until its last repeat, a signal, a failure or enough precision, and saves repeats as they are done.
 *
 * @returns the exit code
 */
export async function perform(
  io: Io,
  performance: Performance,
  outputs: RunOutputs,
  { quiet = false, failFast = false, showOutput = false, jobs }: RunFlags,
): Promise<number> {
  const { plan, prepared, known, journal, around } = performance;
  const progress = progressBar(io, plan.repeats, quiet);
  const failures = tellFailures(io, quiet, failFast || plan.repeats === 1 ? {} : { hint: GOES_ON });
  const save = saveTo(io, journal);
  const ending = createRunEnding();
  ending.signal.addEventListener('abort', () => tellEnding(io, ending));
  const decoder = new TextDecoder();
  try {
    outputs.begin(plan);
    let failed = 0;
    const takeInOrder = (repeats: readonly Repeat[]) => {
      failed += repeats.filter(hasFailed).length;
      outputs.take(repeats);
    };
    const isLast = await lastRepeatOf(plan, failFast, ending);
    const collector = collectRepeats(known, plan.repeats, takeInOrder, isLast);
    const done = new Set(known.map(({ index }) => index));
    let count = known.length;
    const [threads = 1] = await executeRuns(
      ending.signal.aborted ? [] : [{ plan, prepared, missing: rangesWithout(done, plan.repeats) }],
      {
        jobs,
        signal: ending.signal,
        env: io.env,
        onOutput: showOutput ? (bytes) => io.stderr.write(decoder.decode(bytes, { stream: true })) : undefined,
      },
      (repeats) => {
        // Some are executed again for the sake of those behind them.
        const fresh = done.size === 0 ? repeats : repeats.filter(({ index }) => !done.has(index));
        save(fresh);
        count += fresh.length;
        progress.update(count);
        failures.tell(fresh);
        collector.add(fresh);
      },
    );
    collector.end();
    progress.clear();
    const status = ending.status();
    const digest = collector.digest();
    const repeats = collector.count();
    // Where nobody is told, nobody is asked.
    const environment = journal || outputs.whole ? await circumstances(around, threads) : undefined;
    const changed = await tellChanges(io, performance);
    journal?.end({ status, repeats, digest, environment, changed, differences: performance.differences });
    await outputs.end({ plan: withoutInputs(plan, changed), status, digest, count: repeats }, environment);
    await closeJournal(io, journal);
    return conclude(io, performance, { repeats, failed }, ending.exitCode());
  } finally {
    progress.clear();
    ending.release();
    await journal?.close();
  }
}
