import { type CheckResult, exitCodeOf, judgeReproduction } from '../analysis/check.js';
import { environmentDifferences } from '../analysis/environmentDifferences.js';
import { createVerifier } from '../analysis/verify.js';
import { ReproError } from '../errors.js';
import { checkFormats } from '../report/checkFormats.js';
import { circumstances, surroundings } from '../run/circumstances.js';
import { digestOf } from '../run/digest.js';
import { checkApart, executeRuns } from '../run/executeRuns.js';
import { inputPaths } from '../run/inputs.js';
import type { Prepared } from '../run/prepare.js';
import { rangesOf } from '../run/rangesOf.js';
import { hasFailed, type Repeat, type RunPlan, type TracedRepeat } from '../run/record.js';
import { isBeingWritten } from '../store/lockRun.js';
import { openStore } from '../store/store.js';
import { tellFailures } from './failures.js';
import type { OutputFlags } from './flags.js';
import { listenToSignals } from './interruption.js';
import type { Io } from './io.js';
import { keptRepeat } from './keptRepeat.js';
import { openOutputs } from './outputs.js';
import { prepareStored } from './prepareStored.js';
import { progressBar } from './progress.js';
import { spareInputs } from './spareInputs.js';
import { damageOf, openRun, recordOf, type StoredRun } from './storedRun.js';
import { writeCheck } from './writeCheck.js';

/** What `rerun` takes. */
export interface RerunFlags extends OutputFlags {
  repeat?: number;
  jobs?: number;
  showOutput?: boolean;
}

/** A run that is kept, and its repeats that are to be executed again, in their order. */
interface Replay {
  readonly id: string;
  readonly run: StoredRun;
  /** At least one. */
  readonly recorded: readonly TracedRepeat[];
}

/** @throws ReproError where there is nothing to compare with, or another process is at work on it */
function openReplay(io: Io, name: string, repeat: number | undefined): Replay {
  const store = openStore(io.cwd());
  const opened = openRun(store, name);
  const { entry, run } = opened;
  const { id } = entry;
  for (const damage of damageOf(opened)) io.stderr.write(`repro: ${damage}\n`);
  if (isBeingWritten(store, id)) throw new ReproError(`run ${id} is being executed: wait until it has ended`);
  const recorded = repeat === undefined ? run.repeats : [keptRepeat(id, run, repeat)];
  if (recorded.length === 0) throw new ReproError(`run ${id} has no repeats: nothing can be compared`);
  return { id, run, recorded };
}

/** The plan of what is executed again: whatever seed was drawn is given now. */
function replayPlan({ run, recorded }: Replay): RunPlan {
  return { ...recordOf(run).plan, free: [], repeats: recorded.length };
}

/**
 * Executes repeats as they were, and compares.
 *
 * @param ending ends it: of a signal, or at the first repeat that fails and did not
 * @returns undefined where it was ended before the last of them
 */
async function replay(
  io: Io,
  { id, run, recorded }: Replay,
  prepared: Prepared,
  flags: RerunFlags,
  ending: AbortController,
): Promise<Pick<CheckResult, 'sides' | 'verification' | 'notes'> | undefined> {
  const { plan, folder } = run;
  const { jobs, quiet = false, showOutput = false } = flags;
  const around = surroundings(plan.experiment, folder, io.env);
  await checkApart([{ plan, prepared }], flags);
  const progress = progressBar(io, recorded.length, quiet);
  const failures = tellFailures(io, quiet);
  const wanted = new Map(recorded.map((repeat) => [repeat.index, repeat]));
  const executed = new Map<number, Repeat>();
  let failed: Repeat | undefined;
  const onOutput = showOutput ? (bytes: Uint8Array) => io.stderr.write(Buffer.from(bytes).toString()) : undefined;
  const missing = rangesOf(recorded.map(({ index }) => index));
  let threads: number | undefined;
  try {
    [threads] = await executeRuns(
      [{ plan, prepared, missing }],
      { jobs, env: io.env, onOutput, signal: ending.signal },
      (some) => {
        // Some are executed for the sake of those behind them.
        for (const repeat of some) if (wanted.has(repeat.index)) executed.set(repeat.index, repeat);
        const broken = some.filter((repeat) => hasFailed(repeat) && !hasFailed(wanted.get(repeat.index) ?? repeat));
        failures.tell(broken);
        failed ??= broken[0];
        if (failed) ending.abort();
        progress.update(executed.size);
      },
    );
  } finally {
    progress.clear();
  }
  if (failed) {
    throw new ReproError(`repeat ${failed.index + 1} failed, which it did not in run ${id}`, { code: 'failed' });
  }
  if (executed.size < recorded.length) return undefined;
  const verifier = createVerifier(undefined);
  const now = recorded.map((before) => executed.get(before.index) as Repeat);
  now.forEach((repeat, i) => {
    verifier.add({ ...repeat, trace: undefined }, recorded[i] as TracedRepeat);
  });
  const given = replayPlan({ id, run, recorded });
  const facts = await circumstances(around, threads ?? 1);
  const before = recordOf(run).circumstances;
  const verification = verifier.result([]);
  const differs = verification.identical < verification.repeats && plan.experiment.kind !== 'network';
  return {
    sides: [
      { label: 'now', plan: given, digest: digestOf(now), circumstances: facts },
      { label: `in run ${id}`, plan: given, digest: digestOf(recorded), circumstances: before },
    ],
    verification,
    notes: differs ? environmentDifferences(facts, before) : [],
  };
}

/** `repro rerun RUN [--repeat 7]` → exit code: 0 if the bits are the recorded ones, 1 if they are not. */
export async function rerunCommand(io: Io, name: string, flags: RerunFlags): Promise<number> {
  const replayed = openReplay(io, name, flags.repeat);
  const { id, run } = replayed;
  spareInputs(inputPaths(run.plan, run.folder), 'what the run reads', flags, io.cwd());
  const prepared = await prepareStored(id, run, io.cwd());
  const outputs = openOutputs(flags, checkFormats, io);
  const ending = new AbortController();
  const signals = listenToSignals(() => ending.abort());
  try {
    const compared = await replay(io, replayed, prepared, flags, ending);
    if (!compared?.verification) {
      io.stderr.write(`repro: interrupted before all repeats of run ${id} were executed again\n`);
      return signals.exitCode() ?? 1;
    }
    const judgement = judgeReproduction(replayPlan(replayed), compared.verification);
    const result: CheckResult = { ...compared, judgements: [judgement], summary: null };
    const exitCode = exitCodeOf(result);
    await writeCheck(outputs, result, (flags.quiet ?? false) && exitCode === 0);
    return exitCode;
  } finally {
    signals.release();
    for (const { close } of outputs) close();
  }
}
