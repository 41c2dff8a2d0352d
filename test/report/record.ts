import type { Experiment, NetworkExperiment } from '../../src/experiment/experiment.js';
import type { RunPlan, RunRecord } from '../../src/run/record.js';
import { articleWith } from '../experiments.js';

/** A record with these scores, as a run of the article's experiment might give it, or of that in the plan. */
export function recordWith<Repeated extends Experiment = NetworkExperiment>(
  scores: readonly number[],
  plan: Partial<RunPlan<Repeated>> = {},
): RunRecord & { readonly plan: RunPlan<Repeated> } {
  const planned: RunPlan<Experiment> = {
    experiment: articleWith({ repeats: scores.length }),
    seed: { root: 1 },
    free: [],
    sameSeed: false,
    inputs: [],
    repeats: scores.length,
    until: null,
    ...plan,
  };
  return {
    plan: planned as RunPlan<Repeated>,
    status: 'finished',
    repeats: scores.map((score, index) => ({ index, score, hash: index.toString(16).padStart(16, '0') })),
    digest: '0123456789abcdef',
    circumstances: {
      tool: 'repro 0.1.0',
      engine: 'node 20.20.2',
      platform: 'linux x64',
      processor: 'a processor',
      cores: 4,
      memory: 8_589_934_592,
      git: null,
      interpreter: null,
      libraries: [],
      variables: {},
      startedAt: '2026-01-02T03:04:05.678Z',
      elapsed: 0.25,
      threads: 1,
    },
  };
}
