export { type Summary, summarize } from './analysis/summarize.js';
export { type ErrorCode, ReproError } from './errors.js';
export type {
  BackendName,
  Data,
  Experiment,
  FrameworkSeeds,
  InlineData,
  Seed,
  SequenceData,
} from './experiment/experiment.js';
export type { Circumstances, Repeat, RunPlan, RunRecord, SpentSeed } from './run/record.js';
export { type RunOptions, run } from './run/run.js';
