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
export { incompleteBeta } from './stats/beta.js';
export { binomialCdf } from './stats/binomial.js';
export { chiSquaredSurvival } from './stats/chiSquared.js';
export { fSurvival } from './stats/fisherF.js';
export { incompleteGamma, logGamma } from './stats/gamma.js';
export { normalCdf, normalQuantile, normalSurvival } from './stats/normal.js';
export type { RandomSource } from './stats/randomSource.js';
export { studentTCdf, studentTQuantile } from './stats/studentT.js';
