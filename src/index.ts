export { type Outlier, type Summary, summarize } from './analysis/summarize.js';
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
export { bcaInterval } from './stats/bcaInterval.js';
export { incompleteBeta } from './stats/beta.js';
export { binomialCdf } from './stats/binomial.js';
export { chiSquaredSurvival } from './stats/chiSquared.js';
export { decades } from './stats/decades.js';
export { accelerationOfMean, edgeworthInterval } from './stats/edgeworthInterval.js';
export { fSurvival } from './stats/fisherF.js';
export { incompleteGamma, logGamma } from './stats/gamma.js';
export { geometricMean, geometricStandardDeviation } from './stats/geometricMean.js';
export { interquartileMean } from './stats/interquartileMean.js';
export type { Interval, IntervalMethod } from './stats/interval.js';
export { type MeanIntervals, meanIntervals } from './stats/meanIntervals.js';
export { fewestForMedianInterval, medianInterval, type OrderStatisticInterval } from './stats/medianInterval.js';
export { normalCdf, normalQuantile, normalSurvival } from './stats/normal.js';
export { percentileInterval } from './stats/percentileInterval.js';
export type { RandomSource } from './stats/randomSource.js';
export { repeatsForMean } from './stats/repeatsForMean.js';
export { type ResampledMeans, resampledMeans } from './stats/resampledMeans.js';
export { skewness } from './stats/skewness.js';
export { studentTCdf, studentTQuantile } from './stats/studentT.js';
export { ascending, mean, median, quantile, quartiles, standardDeviation, standardError } from './stats/summary.js';
export { tInterval } from './stats/tInterval.js';
export { trimmedInterval } from './stats/trimmedInterval.js';
export { type OutlierLabel, outlierLabel, type TukeyFences, tukeyFences } from './stats/tukeyFences.js';
