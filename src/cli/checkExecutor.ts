import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { ReproError } from '../errors.js';
import { shownPath } from '../experiment/find.js';
import { collectRepeats } from '../run/collect.js';
import { checkApart, executeRuns } from '../run/executeRuns.js';
import { inputsOf } from '../run/inputs.js';
import { planRun } from '../run/plan.js';
import { prepare } from '../run/prepare.js';
import { hasFailed, type Repeat, type TracedRepeat } from '../run/record.js';
import type { SentRepeat } from '../run/sentRepeat.js';
import type { ExecutionRequest } from './execution.js';
import type { PlacedExperiment } from './experiment.js';
import { tellFailures } from './failures.js';
import type { CheckFlags } from './flags.js';
import { type Ended, follow } from './follow.js';
import { Interrupted, listenToSignals } from './interruption.js';
import type { Io } from './io.js';

/** Hears how far executions are. */
export interface Watch {
  onStart(repeats: number): void;
  onRepeat(): void;
}

/** A repeat of an execution; where it was sent, its bytes. */
export type CheckedRepeat = TracedRepeat & Partial<Pick<SentRepeat, 'bytes'>>;

/** Executes what is checked. */
export interface CheckExecutor {
  once(watch: Watch, onRepeat: (repeat: CheckedRepeat) => void): Promise<Ended>;
  /** Twice, and hands on the same repeat of both. */
  twice(
    watch: Watch,
    onRepeats: (repeats: readonly [CheckedRepeat, CheckedRepeat]) => void,
  ): Promise<readonly [Ended, Ended]>;
}

/** Two ways to execute the same, of which no bit may depend: the second on more threads, in other lanes. */
function requestsOf(args: readonly string[], flags: CheckFlags, cwd: string) {
  const { jobs, ...rest } = flags;
  // As JSON they lose what is undefined.
  const base = { args, flags: rest as ExecutionRequest['flags'], cwd };
  const threads = Math.max(1, Math.floor((jobs ?? availableParallelism()) / 2));
  return [
    { ...base, jobs: threads, scattered: false },
    { ...base, jobs: jobs === 1 ? 1 : threads + 1, scattered: true },
  ] as const;
}

/** Networks are executed in fresh processes, both at once. */
export function networkExecutor(args: readonly string[], flags: CheckFlags, cwd: string): CheckExecutor {
  const requests = requestsOf(args, flags, cwd);
  return {
    async once(watch, onRepeat) {
      const [ended] = await follow([requests[0]] as const, {
        onStart: watch.onStart,
        onRepeats([repeat]) {
          onRepeat(repeat);
          watch.onRepeat();
        },
      });
      return ended;
    },
    twice: (watch, onRepeats) =>
      follow(requests, {
        onStart: watch.onStart,
        onRepeats(repeats) {
          onRepeats(repeats);
          watch.onRepeat();
        },
      }),
  };
}

const SECOND = 1000;

/** Waits for another second of the clock, so that a program that takes the time for its seed is found out. */
async function anotherSecond(): Promise<void> {
  await sleep(SECOND - (Date.now() % SECOND));
}

/** Programs are processes of their own in any case. They write the same files, so one execution follows the other. */
export function programExecutor(placed: PlacedExperiment, flags: CheckFlags, io: Io): CheckExecutor {
  const { experiment, folder } = placed;
  const execute = async (onStart: (repeats: number) => void, onRepeat: (repeat: Repeat) => void): Promise<Ended> => {
    const plan = planRun(experiment, { sameSeed: flags.sameSeed ?? false, inputs: await inputsOf(experiment, folder) });
    const prepared = await prepare(plan, { ...placed, show: (path) => shownPath(path, io.cwd()) });
    await checkApart([{ plan, prepared }], flags);
    onStart(plan.repeats);
    const failures = tellFailures(io, false);
    const collector = collectRepeats([], plan.repeats, (repeats) => {
      for (const repeat of repeats) onRepeat(repeat);
    });
    const start = performance.now();
    const ending = new AbortController();
    const signals = listenToSignals(() => ending.abort());
    let failed: Repeat | undefined;
    const [threads = 1] = await executeRuns(
      [{ plan, prepared }],
      { jobs: flags.jobs, env: io.env, signal: ending.signal },
      (repeats) => {
        failed ??= repeats.find(hasFailed);
        failures.tell(repeats);
        if (failed) ending.abort();
        else collector.add(repeats);
      },
    ).finally(signals.release);
    const interrupted = signals.exitCode();
    if (interrupted !== undefined) throw new Interrupted(interrupted);
    if (failed)
      throw new ReproError(`repeat ${failed.index + 1} failed, so that there is nothing to check`, { code: 'failed' });
    return {
      plan,
      digest: collector.digest(),
      tensors: [],
      threads,
      kind: 'end',
      elapsed: (performance.now() - start) / SECOND,
    };
  };
  const traced = (repeat: Repeat): TracedRepeat => ({ ...repeat, trace: undefined });
  return {
    once: (watch, onRepeat) =>
      execute(watch.onStart, (repeat) => {
        onRepeat(traced(repeat));
        watch.onRepeat();
      }),
    async twice(watch, onRepeats) {
      const repeats: Repeat[] = [];
      const first = await execute(
        (count) => watch.onStart(2 * count),
        (repeat) => {
          repeats.push(repeat);
          watch.onRepeat();
        },
      );
      await anotherSecond();
      const second = await execute(
        () => {},
        (repeat) => {
          const before = repeats[repeat.index];
          if (before) onRepeats([traced(before), traced(repeat)]);
          watch.onRepeat();
        },
      );
      return [first, second];
    },
  };
}
