import { ReproError } from '../errors.js';
import { shownPath } from '../experiment/find.js';
import { loadCommand, loadExperiment } from '../experiment/load.js';
import { parsePath } from '../experiment/overrides.js';
import { shippedFolder } from '../experiment/shipped.js';
import { circumstances, surroundings } from './circumstances.js';
import { collectRepeats } from './collect.js';
import { checkApart, executeRuns } from './executeRuns.js';
import { inputsOf } from './inputs.js';
import { planRun } from './plan.js';
import { prepare } from './prepare.js';
import type { Repeat, RunRecord } from './record.js';

/** What a run is told beside its experiment. */
export interface RunOptions {
  /** Parts of the experiment to change, by path: `{ epochs: 1000, 'layers.0.units': 32, seed: 1 }`. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Whether every repeat starts from the seed itself. */
  readonly sameSeed?: boolean;
  /** Threads at most, by default one a core, where that pays; programs at once, by default one. The result never depends on it. */
  readonly jobs?: number;
  /** Ends the run early; the record then has what was done until then, and status `interrupted`. */
  readonly signal?: AbortSignal;
  /** Folder in which a named experiment is looked for in `experiments/`, and a path starts. */
  readonly cwd?: string;
}

/**
 * Runs an experiment, a shipped one by name, a file by path or a command word by word, and gives the whole record. Nothing is saved.
 *
 * @throws ReproError for an unknown experiment, a file with problems, or a part that cannot be changed so
 * @example
 * const { repeats, digest } = await run('article', { set: { seed: 1, repeats: 10 } });
 * await run(['python3', 'train.py', '{seed}'], { set: { metrics: ['loss'] }, jobs: 2 });
 */
export async function run(
  experiment: string | readonly string[] = 'article',
  options: RunOptions = {},
): Promise<RunRecord> {
  const overrides = Object.entries(options.set ?? {}).map(([path, value]) => ({
    path: parsePath(path),
    value,
    label: `${path}=${JSON.stringify(value)}`,
  }));
  const { jobs, signal } = options;
  if (jobs !== undefined && !(Number.isInteger(jobs) && jobs >= 1)) {
    throw new ReproError(`jobs must be a positive integer, got ${jobs}`);
  }
  const cwd = options.cwd ?? process.cwd();
  const resolved =
    typeof experiment === 'string'
      ? loadExperiment(experiment, { cwd, shippedFolder: shippedFolder(), overrides })
      : loadCommand(experiment, { cwd, overrides });
  const { folder } = resolved;
  const around = surroundings(resolved.experiment, folder, process.env);
  const { sameSeed = false } = options;
  const plan = planRun(resolved.experiment, { sameSeed, inputs: await inputsOf(resolved.experiment, folder) });
  const prepared = await prepare(plan, { ...resolved, show: (path) => shownPath(path, cwd) });
  await checkApart([{ plan, prepared }], { jobs });
  const repeats: Repeat[] = [];
  const collector = collectRepeats([], plan.repeats, (some) => repeats.push(...some));
  const [threads = 1] = await executeRuns([{ plan, prepared }], { jobs, signal }, collector.add);
  collector.end();
  const digest = collector.digest();
  const status = signal?.aborted && repeats.length < plan.repeats ? 'interrupted' : 'finished';
  return { plan, status, repeats, digest, circumstances: await circumstances(around, threads) };
}
