import { startGuardian } from '../process/guardian.js';
import { redactValue } from '../provenance/redactValue.js';
import { redact } from '../provenance/secrets.js';
import type { Attempt, AttemptRequest } from './attempt.js';
import type { Range } from './execute.js';
import type { ProgramRun } from './executeRuns.js';
import { programHash } from './programHash.js';
import type { Repeat } from './record.js';
import { seedOfRepeat } from './seedOfRepeat.js';

/** How programs are executed. */
export interface ProgramsOptions extends Partial<Pick<AttemptRequest, 'env' | 'onOutput' | 'signal'>> {
  /** Programs at once; one by default, so that they do not disturb each other. */
  readonly jobs?: number | undefined;
}

/** A repeat of one of the runs. */
interface Task {
  readonly position: number;
  readonly index: number;
}

/** The repeats of a run that are to be executed. */
function rangesOf({ missing, plan }: ProgramRun): readonly Range[] {
  return missing ?? [[0, plan.repeats]];
}

/** The same repeat of every run in turn, then the next, so that whatever makes a machine drift meets all alike. */
function* tasksOf(runs: readonly ProgramRun[]): Generator<Task> {
  const ranges = runs.map(rangesOf);
  const end = Math.max(...ranges.map((each) => each.at(-1)?.[1] ?? 0));
  const isMissing = (each: readonly Range[], index: number) => each.some(([from, to]) => index >= from && index < to);
  for (let index = 0; index < end; index++) {
    for (const [position, each] of ranges.entries()) if (isMissing(each, index)) yield { position, index };
  }
}

async function attemptOf({ plan: { experiment }, prepared }: ProgramRun, request: AttemptRequest) {
  if (experiment.kind === 'command' && prepared.kind === 'command') {
    const { attemptCommand } = await import('./attemptCommand.js');
    return attemptCommand(experiment, prepared.cwd, request);
  }
  if (experiment.kind === 'module' && prepared.kind === 'module') {
    const { attemptModule } = await import('./attemptModule.js');
    return attemptModule(experiment, prepared.path, request);
  }
  throw new Error(`a ${experiment.kind} was prepared as ${prepared.kind}`);
}

/** Names without what looks like a secret, as their experiment is told. */
function toldByName<Value>(values: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [redact(name), value]));
}

/** Executes a repeat, again from the same seed where it fails and may be retried; undefined where the signal ended it. */
async function repeatOf(
  run: ProgramRun,
  index: number,
  request: Omit<AttemptRequest, 'seed' | 'repeat'>,
): Promise<Repeat | undefined> {
  const { plan } = run;
  const seed = seedOfRepeat(plan, index);
  let attempts = 0;
  let attempt: Attempt | undefined;
  do {
    attempt = await attemptOf(run, { ...request, seed, repeat: index + 1 });
    attempts += 1;
  } while (attempt && attempt.failure !== null && attempts <= plan.experiment.retries && !request.signal?.aborted);
  if (!attempt) return undefined;
  const { score, failure, metrics, artifacts, ...rest } = attempt;
  const hash = programHash(plan.experiment, attempt);
  // It may cite what the program printed.
  const told = failure === null ? null : redact(failure);
  const named = { metrics: toldByName(metrics), artifacts: toldByName(artifacts) };
  return { index, score, hash, program: { seed: redactValue(seed), ...named, ...rest, failure: told, attempts } };
}

/** Does so many pieces of work at once, until the signal or a failure of one of them ends them all; throws the first failure. */
async function together(
  count: number,
  work: (ending: AbortSignal) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const ending = new AbortController();
  const end = () => ending.abort();
  signal?.addEventListener('abort', end);
  if (signal?.aborted) end();
  const pieces = Array.from({ length: count }, () => work(ending.signal));
  for (const piece of pieces) piece.catch(end);
  try {
    const ended = await Promise.allSettled(pieces);
    for (const each of ended) if (each.status === 'rejected') throw each.reason;
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

/**
 * Executes runs of programs, `jobs` at once.
 *
 * @param onRepeat gets repeats as they are done, in any order, with their run's position
 * @returns how many were at work at once at most
 */
export async function executePrograms(
  runs: readonly ProgramRun[],
  { jobs = 1, env = process.env, onOutput, signal }: ProgramsOptions,
  onRepeat: (repeat: Repeat, position: number) => void,
): Promise<number> {
  const guardian = startGuardian();
  const tasks = tasksOf(runs);
  const work = async (ending: AbortSignal) => {
    for (let next = tasks.next(); !next.done && !ending.aborted; next = tasks.next()) {
      const { position, index } = next.value;
      const repeat = await repeatOf(runs[position] as ProgramRun, index, { env, onOutput, signal: ending, guardian });
      // One that was done when the others were ended counts like any other.
      if (repeat) onRepeat(repeat, position);
    }
  };
  const count = runs.flatMap(rangesOf).reduce((sum, [from, to]) => sum + to - from, 0);
  const atOnce = Math.min(jobs, count);
  try {
    await together(atOnce, work, signal);
  } finally {
    guardian.close();
  }
  return atOnce;
}
