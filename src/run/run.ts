import { shownPath } from '../experiment/find.js';
import { loadExperiment } from '../experiment/load.js';
import { parsePath } from '../experiment/overrides.js';
import { shippedFolder } from '../experiment/shipped.js';
import { executePlan } from './executePlan.js';
import { planRun } from './plan.js';
import { prepare } from './prepare.js';
import type { Repeat, RunRecord } from './record.js';
import { repeatsOf } from './repeats.js';

/** What a run is told beside its experiment. */
export interface RunOptions {
  /** Parts of the experiment to change, by path: `{ epochs: 1000, 'layers.0.units': 32, seed: 1 }`. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Whether every repeat starts from the seed itself. */
  readonly sameSeed?: boolean;
  /** Threads at most; by default one a core, where that pays. The result never depends on it. */
  readonly jobs?: number;
  /** Folder in which a named experiment is looked for in `experiments/`, and a path starts. */
  readonly cwd?: string;
}

/**
 * Runs an experiment, a shipped one by name or a YAML or JSON file by path, and gives the whole record.
 *
 * @throws ReproError for an unknown experiment, a file with problems, or a part that cannot be changed so
 * @example
 * const { repeats, digest } = await run('article', { set: { seed: 1, repeats: 10 } });
 */
export async function run(experiment = 'article', options: RunOptions = {}): Promise<RunRecord> {
  const overrides = Object.entries(options.set ?? {}).map(([path, value]) => ({
    path: parsePath(path),
    value,
    label: `${path}=${JSON.stringify(value)}`,
  }));
  const cwd = options.cwd ?? process.cwd();
  const resolved = loadExperiment(experiment, { cwd, shippedFolder: shippedFolder(), overrides });
  const plan = planRun(resolved.experiment, { sameSeed: options.sameSeed ?? false });
  const prepared = await prepare(plan, { ...resolved, show: (path) => shownPath(path, cwd) });
  const repeats: Repeat[] = [];
  const { digest, circumstances } = await executePlan(plan, prepared, { jobs: options.jobs }, (chunk) => {
    repeats.push(...repeatsOf(chunk));
  });
  return { plan, repeats, digest, circumstances: await circumstances() };
}
