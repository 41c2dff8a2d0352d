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
export type { LeadingTest } from './analysis/leadingTest.js';
export { type Outlier, type Summary, summarize } from './analysis/summarize.js';
export { type ErrorCode, ReproError } from './errors.js';
export type {
  BackendName,
  CommandExperiment,
  Data,
  Direction,
  Experiment,
  FrameworkSeeds,
  InlineData,
  ModuleExperiment,
  NetworkExperiment,
  Seed,
  SequenceData,
} from './experiment/experiment.js';
export {
  defineExperiment,
  type ExperimentContext,
  type ExperimentFunction,
  type ExperimentResult,
} from './module/defineExperiment.js';
export type { ExperimentRandom } from './module/random.js';
export type { Circumstances, Repeat, RunPlan, RunRecord, SpentSeed } from './run/record.js';
export { type RunOptions, run } from './run/run.js';
export { bartlett } from './stats/bartlett.js';
export { bcaInterval } from './stats/bcaInterval.js';
export { benjaminiHochberg } from './stats/benjaminiHochberg.js';
export { incompleteBeta } from './stats/beta.js';
export { binomialCdf } from './stats/binomial.js';
export { bonferroni } from './stats/bonferroni.js';
export {
  type BcaBootstrap,
  type BootstrappedFigure,
  bootstrapBca,
  bootstrapError,
  bootstrapPercentile,
  jackknifeAcceleration,
} from './stats/bootstrap.js';
export { brownForsythe } from './stats/brownForsythe.js';
export { brunnerMunzel, type TTest } from './stats/brunnerMunzel.js';
export { chiSquaredSurvival } from './stats/chiSquared.js';
export { chiSquaredQuantile } from './stats/chiSquaredQuantile.js';
export { cliffsDelta } from './stats/cliffsDelta.js';
export { cohenD } from './stats/cohenD.js';
export { cohenDz } from './stats/cohenDz.js';
export { correlation } from './stats/correlation.js';
export { decades } from './stats/decades.js';
export { deviationFactors, deviationInterval } from './stats/deviationInterval.js';
export { accelerationOfMean, edgeworthInterval } from './stats/edgeworthInterval.js';
export { equivalence } from './stats/equivalence.js';
export { fSurvival } from './stats/fisherF.js';
export { type BlockRankTest, friedman } from './stats/friedman.js';
export { incompleteGamma, logGamma } from './stats/gamma.js';
export { geometricInterval } from './stats/geometricInterval.js';
export { geometricMean, geometricStandardDeviation } from './stats/geometricMean.js';
export { glassDelta } from './stats/glassDelta.js';
export { approximateHedgesCorrection, hedgesCorrection, hedgesG } from './stats/hedgesG.js';
export { hodgesLehmann, type Shift } from './stats/hodgesLehmann.js';
export { holm } from './stats/holm.js';
export { fractionalInterquartileMean, interquartileMean } from './stats/interquartileMean.js';
export type { Interval, IntervalMethod } from './stats/interval.js';
export { kolmogorovSurvival } from './stats/kolmogorov.js';
export { type DistanceTest, kolmogorovSmirnov } from './stats/kolmogorovSmirnov.js';
export { kruskalWallis, type RankTest } from './stats/kruskalWallis.js';
export { excessKurtosis } from './stats/kurtosis.js';
export { levene } from './stats/levene.js';
export { mannWhitney, normalRankSumP, type RankSumTest, smallestRankSumP } from './stats/mannWhitney.js';
export { type MeanIntervals, meanIntervals } from './stats/meanIntervals.js';
export type { MeanTest } from './stats/meanTest.js';
export { medianAbsoluteDeviation, robustStandardDeviation } from './stats/medianAbsoluteDeviation.js';
export { fewestForMedianInterval, medianInterval, type OrderStatisticInterval } from './stats/medianInterval.js';
export { type Nemenyi, nemenyi } from './stats/nemenyi.js';
export { type NoetherOptions, noether, noetherPaired } from './stats/noether.js';
export { nonCentralTSurvival } from './stats/nonCentralT.js';
export { normalCdf, normalQuantile, normalSurvival } from './stats/normal.js';
export { type FTest, oneWayAnova } from './stats/oneWayAnova.js';
export { pairedSuperiority } from './stats/pairedSuperiority.js';
export { pairedT } from './stats/pairedT.js';
export { percentileInterval } from './stats/percentileInterval.js';
export { permutationTest, permutationTestLower } from './stats/permutationTest.js';
export type { RandomSource } from './stats/randomSource.js';
export { type RankSum, rankSum } from './stats/rankSum.js';
export { rankSumDistribution } from './stats/rankSumDistribution.js';
export { repeatsForMean } from './stats/repeatsForMean.js';
export { type ResampledMeans, resampledMeans } from './stats/resampledMeans.js';
export { type Resamples, resamples, type Statistic } from './stats/resamples.js';
export type { ResamplingTest } from './stats/resampling.js';
export { shapiroWilk } from './stats/shapiroWilk.js';
export { signedRankDistribution } from './stats/signedRankDistribution.js';
export { signFlipTest } from './stats/signFlipTest.js';
export { signTest } from './stats/signTest.js';
export { skewness } from './stats/skewness.js';
export { type SobolIndices, sobolIndices } from './stats/sobol.js';
export { student } from './stats/student.js';
export { studentizedRangeQuantile, studentizedRangeSurvival } from './stats/studentizedRange.js';
export { studentTCdf, studentTQuantile } from './stats/studentT.js';
export { ascending, mean, median, quantile, quartiles, standardDeviation, standardError } from './stats/summary.js';
export { type Superiority, superiority } from './stats/superiority.js';
export { type SuperiorityVerdict, superiorityVerdict } from './stats/superiorityVerdict.js';
export { tInterval } from './stats/tInterval.js';
export { trimmedInterval } from './stats/trimmedInterval.js';
export { type OutlierLabel, outlierLabel, type TukeyFences, tukeyFences } from './stats/tukeyFences.js';
export { twoSampleTEffect, twoSampleTPower, twoSampleTSize } from './stats/twoSampleTPower.js';
export { varianceRatio } from './stats/varianceRatio.js';
export { violationRatio } from './stats/violationRatio.js';
export { welch } from './stats/welch.js';
export { welchAnova } from './stats/welchAnova.js';
export { normalSignedRankP, type SignedRankTest, smallestSignedRankP, wilcoxon } from './stats/wilcoxon.js';
