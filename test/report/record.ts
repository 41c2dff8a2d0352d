import type { RunPlan, RunRecord } from '../../src/run/record.js';
import { articleWith } from '../experiments.js';

/** A record with these scores, as a run of the article's experiment might give it. */
export function recordWith(scores: readonly number[], plan: Partial<RunPlan> = {}): RunRecord {
  return {
    plan: {
      experiment: articleWith({ repeats: scores.length }),
      seed: { root: 1 },
      free: [],
      sameSeed: false,
      repeats: scores.length,
      ...plan,
    },
    repeats: scores.map((score, index) => ({ index, score, weights: index.toString(16).padStart(16, '0') })),
    digest: '0123456789abcdef',
    circumstances: {
      tool: 'repro 0.1.0',
      engine: 'node 20.20.2',
      platform: 'linux x64',
      processor: 'a processor',
      startedAt: '2026-01-02T03:04:05.678Z',
      elapsed: 0.25,
      threads: 1,
    },
  };
}
