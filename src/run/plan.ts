import { sourceNames } from '../backends/backend.js';
import type { BackendName, Experiment, FrameworkSeeds, Seed, SourceSeeds } from '../experiment/experiment.js';
import { drawSeed } from '../random/entropy.js';
import type { RunPlan, SpentSeed } from './record.js';

/** A seed as it is spent, and what had none and was given one from the operating system's entropy. */
interface Spending {
  readonly seed: SpentSeed;
  readonly free: readonly string[];
}

function isOfFrameworks(seed: FrameworkSeeds | SourceSeeds): seed is FrameworkSeeds {
  return 'numpy' in seed || 'tensorflow' in seed;
}

function spendFrameworks({ numpy, tensorflow }: FrameworkSeeds, backend: BackendName): Spending {
  const free = [...(numpy === undefined || numpy === null ? ['numpy'] : [])];
  const root = numpy ?? drawSeed();
  if (tensorflow === undefined || backend !== 'tensorflow') return { seed: { root }, free };
  if (tensorflow === null) free.push('tensorflow');
  return { seed: { root, tensorflow: tensorflow ?? drawSeed() }, free };
}

function spendSources(seeds: SourceSeeds): Spending {
  const free = seeds.root === undefined || seeds.root === null ? ['root'] : [];
  const sources: Record<string, number | string> = {};
  for (const name of sourceNames) {
    const seed = seeds[name];
    if (seed === undefined) continue;
    if (seed === null) free.push(name);
    sources[name] = seed ?? drawSeed();
  }
  return { seed: { root: seeds.root ?? drawSeed(), sources }, free };
}

/** A program takes one seed. What is drawn has 31 bits, as those that repeats are given: any language takes them. */
function spendOne(seed: Seed): Spending {
  return { seed: { root: (seed ?? drawSeed() >>> 1) as number | string }, free: seed === null ? ['root'] : [] };
}

/** One number seeds all there is to seed. */
function spend(seed: Seed, backend: BackendName): Spending {
  if (typeof seed === 'object' && seed !== null) {
    return isOfFrameworks(seed) ? spendFrameworks(seed, backend) : spendSources(seed);
  }
  const root = seed ?? drawSeed();
  const free = seed === null ? ['root'] : [];
  return { seed: backend === 'tensorflow' ? { root, tensorflow: root as number } : { root }, free };
}

/** What a plan is told beside its experiment: see RunPlan. */
export type PlanOptions = Partial<Pick<RunPlan, 'inputs' | 'sameSeed' | 'until'>>;

/** What will be executed; what has no seed gets one from the operating system's entropy, which the plan records. */
export function planRun<Planned extends Experiment>(experiment: Planned, options: PlanOptions = {}): RunPlan<Planned> {
  const { seed } = experiment;
  return {
    experiment,
    inputs: options.inputs ?? [],
    ...(experiment.kind === 'network' ? spend(seed, experiment.backend) : spendOne(seed)),
    sameSeed: options.sameSeed ?? false,
    repeats: experiment.repeats,
    until: options.until ?? null,
  };
}
