export {
  type Arm,
  type ArmFigures,
  type CompareOptions,
  type Comparison,
  type Conclusion,
  compareArms,
  type PairComparison,
} from './analysis/compare.js';
export type { PairFigures } from './analysis/comparePair.js';
export { type ComparisonOptions, compareRuns, type LabelledRun } from './analysis/compareRuns.js';
export type { Direction, LeadingTest } from './analysis/leadingTest.js';
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
export { brownForsythe, type SpreadTest } from './stats/brownForsythe.js';
export { chiSquaredSurvival } from './stats/chiSquared.js';
export { cliffsDelta } from './stats/cliffsDelta.js';
export { cohenDz } from './stats/cohenDz.js';
export { decades } from './stats/decades.js';
export { accelerationOfMean, edgeworthInterval } from './stats/edgeworthInterval.js';
export { equivalence } from './stats/equivalence.js';
export { fSurvival } from './stats/fisherF.js';
export { type BlockRankTest, friedman } from './stats/friedman.js';
export { incompleteGamma, logGamma } from './stats/gamma.js';
export { geometricMean, geometricStandardDeviation } from './stats/geometricMean.js';
export { hedgesG } from './stats/hedgesG.js';
export { hodgesLehmann, type Shift } from './stats/hodgesLehmann.js';
export { holm } from './stats/holm.js';
export { interquartileMean } from './stats/interquartileMean.js';
export type { Interval, IntervalMethod } from './stats/interval.js';
export { kruskalWallis, type RankTest } from './stats/kruskalWallis.js';
export { mannWhitney, type RankSumTest, smallestRankSumP } from './stats/mannWhitney.js';
export { type MeanIntervals, meanIntervals } from './stats/meanIntervals.js';
export type { MeanTest } from './stats/meanTest.js';
export { fewestForMedianInterval, medianInterval, type OrderStatisticInterval } from './stats/medianInterval.js';
export { type NoetherOptions, noether, noetherPaired } from './stats/noether.js';
export { normalCdf, normalQuantile, normalSurvival } from './stats/normal.js';
export { pairedSuperiority } from './stats/pairedSuperiority.js';
export { pairedT } from './stats/pairedT.js';
export { percentileInterval } from './stats/percentileInterval.js';
export { permutationTest } from './stats/permutationTest.js';
export type { RandomSource } from './stats/randomSource.js';
export { rankSumDistribution } from './stats/rankSumDistribution.js';
export { repeatsForMean } from './stats/repeatsForMean.js';
export { type ResampledMeans, resampledMeans } from './stats/resampledMeans.js';
export type { ResamplingTest } from './stats/resampling.js';
export { signedRankDistribution } from './stats/signedRankDistribution.js';
export { signFlipTest } from './stats/signFlipTest.js';
export { skewness } from './stats/skewness.js';
export { studentTCdf, studentTQuantile } from './stats/studentT.js';
export { ascending, mean, median, quantile, quartiles, standardDeviation, standardError } from './stats/summary.js';
export { type Superiority, superiority } from './stats/superiority.js';
export { type SuperiorityVerdict, superiorityVerdict } from './stats/superiorityVerdict.js';
export { tInterval } from './stats/tInterval.js';
export { trimmedInterval } from './stats/trimmedInterval.js';
export { type OutlierLabel, outlierLabel, type TukeyFences, tukeyFences } from './stats/tukeyFences.js';
export { welch } from './stats/welch.js';
export { type SignedRankTest, smallestSignedRankP, wilcoxon } from './stats/wilcoxon.js';
