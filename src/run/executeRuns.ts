import type { ProgramExperiment } from '../experiment/experiment.js';
import type { ExecuteOptions, Range } from './execute.js';
import { executeInterleaved, type PreparedPlan } from './executeInterleaved.js';
import type { ProgramsOptions } from './executePrograms.js';
import type { Prepared } from './prepare.js';
import type { Repeat, RunPlan } from './record.js';
import { repeatsOf } from './repeats.js';

/** A plan of any kind, what was made ready for it, and which of its repeats to execute: by default all. */
export interface RunToExecute {
  readonly plan: RunPlan;
  readonly prepared: Prepared;
  readonly missing?: readonly Range[] | undefined;
}

/** Of networks `jobs` are threads, one a core by default; of programs those at once, one by default. */
export type RunsOptions = Pick<ExecuteOptions, 'jobs' | 'signal'> & ProgramsOptions;

/** Runs of one kind, with their positions among all. */
function having<Kind extends RunToExecute>(
  runs: readonly RunToExecute[],
  isOfKind: (run: RunToExecute) => run is Kind,
): { readonly positions: readonly number[]; readonly ofKind: readonly Kind[] } {
  const found = [...runs.entries()].flatMap(([position, run]) => (isOfKind(run) ? [{ position, run }] : []));
  return { positions: found.map(({ position }) => position), ofKind: found.map(({ run }) => run) };
}

function isNetwork(run: RunToExecute): run is RunToExecute & PreparedPlan {
  return run.prepared.kind === 'network';
}

/** A program's plan, and what was made ready for it. */
export type ProgramRun = RunToExecute & { readonly plan: RunPlan<ProgramExperiment> } & {
  readonly prepared: Exclude<Prepared, { readonly kind: 'network' }>;
};

function isProgram(run: RunToExecute): run is ProgramRun {
  return run.prepared.kind !== 'network';
}

/**
 * Looks for what can be known to be wrong with executing runs side by side, before anything of it is started or saved.
 *
 * @throws ReproError
 */
export async function checkApart(
  runs: readonly RunToExecute[],
  { jobs = 1 }: Pick<RunsOptions, 'jobs'>,
): Promise<void> {
  const programs = runs.filter(isProgram);
  if (jobs === 1 || programs.length === 0) return;
  const { checkWrittenApart } = await import('./checkWrittenApart.js');
  checkWrittenApart(programs, jobs);
}

/** Threads of each of several networks: this thread works for all of them, and the others are shared out. */
async function threadsOfEach(networks: number, jobs: number | undefined): Promise<number | undefined> {
  if (networks === 1) return jobs;
  const { availableParallelism } = await import('node:os');
  return 1 + Math.ceil(((jobs ?? availableParallelism()) - 1) / networks);
}

/**
 * Executes runs of any kind, those of one kind side by side: a chunk of repeats of each network in turn, a repeat of each program.
 * Where there is a signal, its abortion ends them all; what was under way is not handed on.
 *
 * @param onRepeats gets repeats as they are done, of networks in order, with the run's position
 * @returns for each run how many threads or programs were at work at once
 */
export async function executeRuns(
  runs: readonly RunToExecute[],
  options: RunsOptions,
  onRepeats: (repeats: readonly Repeat[], position: number) => void,
): Promise<readonly number[]> {
  const networks = having(runs, isNetwork);
  const programs = having(runs, isProgram);
  const workers = runs.map(() => 1);
  if (networks.ofKind.length > 0) {
    const jobs = await threadsOfEach(networks.ofKind.length, options.jobs);
    const executed = await executeInterleaved(networks.ofKind, { ...options, jobs }, (chunk, i) =>
      onRepeats(repeatsOf(chunk), networks.positions[i] as number),
    );
    executed.forEach(({ threads }, i) => {
      workers[networks.positions[i] as number] = threads();
    });
  }
  if (programs.ofKind.length > 0) {
    const { executePrograms } = await import('./executePrograms.js');
    const jobs = await executePrograms(programs.ofKind, options, (repeat, i) =>
      onRepeats([repeat], programs.positions[i] as number),
    );
    for (const position of programs.positions) workers[position] = jobs;
  }
  return workers;
}
