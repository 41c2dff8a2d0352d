import { expect, test } from 'vitest';
import { log, log10 } from '../../src/kernel/elementary.js';
import { bartlett } from '../../src/stats/bartlett.js';
import { benjaminiHochberg } from '../../src/stats/benjaminiHochberg.js';
import { bonferroni } from '../../src/stats/bonferroni.js';
import { bootstrapBca, bootstrapError, bootstrapPercentile, jackknifeAcceleration } from '../../src/stats/bootstrap.js';
import { brownForsythe } from '../../src/stats/brownForsythe.js';
import { brunnerMunzel } from '../../src/stats/brunnerMunzel.js';
import { chiSquaredSurvival } from '../../src/stats/chiSquared.js';
import { choose } from '../../src/stats/choose.js';
import { cliffsDelta } from '../../src/stats/cliffsDelta.js';
import { cohenD } from '../../src/stats/cohenD.js';
import { cohenDz } from '../../src/stats/cohenDz.js';
import { correlation } from '../../src/stats/correlation.js';
import { decades } from '../../src/stats/decades.js';
import { deviationFactors, deviationInterval } from '../../src/stats/deviationInterval.js';
import { fSurvival } from '../../src/stats/fisherF.js';
import { friedman } from '../../src/stats/friedman.js';
import { geometricInterval } from '../../src/stats/geometricInterval.js';
import { geometricMean, geometricStandardDeviation } from '../../src/stats/geometricMean.js';
import { glassDelta } from '../../src/stats/glassDelta.js';
import { approximateHedgesCorrection, hedgesCorrection, hedgesG } from '../../src/stats/hedgesG.js';
import { hodgesLehmann } from '../../src/stats/hodgesLehmann.js';
import { holm } from '../../src/stats/holm.js';
import { fractionalInterquartileMean, interquartileMean } from '../../src/stats/interquartileMean.js';
import { kolmogorovSurvival } from '../../src/stats/kolmogorov.js';
import { kolmogorovSmirnov } from '../../src/stats/kolmogorovSmirnov.js';
import { kruskalWallis } from '../../src/stats/kruskalWallis.js';
import { excessKurtosis } from '../../src/stats/kurtosis.js';
import { levene } from '../../src/stats/levene.js';
import { mannWhitney, normalRankSumP, smallestRankSumP } from '../../src/stats/mannWhitney.js';
import { medianAbsoluteDeviation, robustStandardDeviation } from '../../src/stats/medianAbsoluteDeviation.js';
import { fewestForMedianInterval, medianInterval } from '../../src/stats/medianInterval.js';
import { nemenyi } from '../../src/stats/nemenyi.js';
import { noether } from '../../src/stats/noether.js';
import { normalCdf, normalQuantile } from '../../src/stats/normal.js';
import { oneWayAnova } from '../../src/stats/oneWayAnova.js';
import { pairedSuperiority } from '../../src/stats/pairedSuperiority.js';
import { pairedT } from '../../src/stats/pairedT.js';
import { permutationTest, permutationTestLower } from '../../src/stats/permutationTest.js';
import { rankSum } from '../../src/stats/rankSum.js';
import { repeatsForMean } from '../../src/stats/repeatsForMean.js';
import { type Resamples, resamples } from '../../src/stats/resamples.js';
import { shapiroWilk } from '../../src/stats/shapiroWilk.js';
import { signedRankDistribution } from '../../src/stats/signedRankDistribution.js';
import { signFlipTest } from '../../src/stats/signFlipTest.js';
import { signTest } from '../../src/stats/signTest.js';
import { skewness } from '../../src/stats/skewness.js';
import { sobolIndices } from '../../src/stats/sobol.js';
import { student } from '../../src/stats/student.js';
import { studentizedRangeQuantile } from '../../src/stats/studentizedRange.js';
import { studentTCdf, studentTQuantile } from '../../src/stats/studentT.js';
import { ascending, mean, median, quartiles, standardDeviation, standardError } from '../../src/stats/summary.js';
import { superiority } from '../../src/stats/superiority.js';
import { tInterval } from '../../src/stats/tInterval.js';
import { outlierLabel, tukeyFences } from '../../src/stats/tukeyFences.js';
import { twoSampleTEffect, twoSampleTSize } from '../../src/stats/twoSampleTPower.js';
import { varianceRatio } from '../../src/stats/varianceRatio.js';
import { violationRatio } from '../../src/stats/violationRatio.js';
import { welch } from '../../src/stats/welch.js';
import { welchAnova } from '../../src/stats/welchAnova.js';
import { normalSignedRankP, wilcoxon } from '../../src/stats/wilcoxon.js';
import { reference } from '../reference.js';
import { article } from './comparing.js';
import { source } from './source.js';

const never = () => {
  throw new Error('an exact figure drew a random number');
};

const lists = reference<Record<string, { scores: number[] }>>('published.json');
const names = ['theano', 'tensorflow', 'unseeded'];

function scores(name: string): number[] {
  const list = lists[name]?.scores;
  if (!list) throw new Error(`no list ${name}`);
  return list;
}

/** The two lists of `theano_vs_unseeded`. */
function pair(name: string): [first: number[], second: number[]] {
  const [first = '', second = ''] = name.split('_vs_');
  return [scores(first), scores(second)];
}

const logs = (values: readonly number[]) => values.map(log);
const log10s = (values: readonly number[]) => values.map(log10);
const square = (x: number) => x * x;
const groups = names.map(scores);

/** Figures that may be none: here they are not. */
function some<T>(figure: T | null | undefined): T {
  if (figure === null || figure === undefined) throw new Error('a figure is missing');
  return figure;
}

/** Differences of pairs. */
function differences([first, second]: [number[], number[]], of = (values: number[]) => values): number[] {
  const other = of(second);
  return of(first).map((value, i) => value - (other[i] as number));
}

const statistics: Readonly<Record<string, (sorted: readonly number[]) => number>> = {
  mean,
  median,
  iqm: interquartileMean,
  geometricMean,
  sd: standardDeviation,
};

const enumerated = new Map<string, Resamples>();

/** All resamples of a list, made once. */
function everyResample(list: string, statistic: string): Resamples {
  const key = `${list} ${statistic}`;
  const known = enumerated.get(key) ?? resamples(never, [scores(list)], some(statistics[statistic]));
  enumerated.set(key, known);
  return known;
}

function bca(list: string, statistic: string, ties: string) {
  const of = some(statistics[statistic]);
  const acceleration = jackknifeAcceleration(scores(list), of);
  const figure = { estimate: of(ascending(scores(list))), acceleration, ties: ties === 'strict' ? 0 : 0.5 };
  return bootstrapBca(everyResample(list, statistic), figure);
}

const ends = (interval: { readonly low: number; readonly high: number } | null) =>
  interval === null ? [] : [interval.low, interval.high];

/** The p values of a family, by the name that it has in the file. */
const families: Readonly<Record<string, (first: number[], second: number[]) => number>> = {
  welch: (first, second) => some(welch(first, second)).p,
  student: (first, second) => some(student(first, second)).p,
  welch_on_log: (first, second) => some(welch(logs(first), logs(second))).p,
  mannWhitney_exact: (first, second) => mannWhitney(first, second).p,
  permutation_exact: (first, second) => permutationTest(never, first, second).p,
  ks_exact: (first, second) => kolmogorovSmirnov(first, second).p,
};

const raw = (family: string): number[] =>
  family === 'synthetic_check'
    ? article.multipleComparisons.synthetic_check.raw
    : article.multipleComparisons[family].order.map((each: string) => some(families[family])(...pair(each)));

const posthoc = () => nemenyi(some(friedman(groups)).meanRanks, 10);

/** Scores of Sobol's fixture as they are, or their decimal logarithms. */
function sobol(scale: string, name: string) {
  const { fA, fB, swap } = article.sobolFixture_n30;
  const of = (values: number[]) => (scale === 'log10' ? log10s(values) : values);
  return some(sobolIndices(of(fA), of(fB), of(swap[name])));
}

function sobolVariance(scale: string, lists: number[]): number {
  return square(standardDeviation(scale === 'log10' ? log10s(lists) : lists));
}

const noetherOptions = (beta: number, sides: number) => ({ beta, twoSided: sides === 2 });

type Row = readonly [
  /** Keys from the root; `*` is any part of a key and `{a|b}` one of some, handed to the function. */
  path: string,
  /** The part of the figure by which it may differ. */
  tolerance: number | typeof CHANCE,
  figure: (...keys: string[]) => number | readonly number[],
];

const EXACT = 0;
/** What sums in another order may differ by. */
const SUM = 4e-15;
/** SciPy 1.10.1's quantiles of t stop there. */
const T = 2e-9;
/** statsmodels' search for a power stops there; `further.json` has these figures closer. */
const SOLVER = 5e-6;
/** Ends of intervals from 10,000 resamples: within six hundredths of their width. */
const CHANCE = 'chance';

const D = 'datasets / *';
const P = 'pairs / *';
const I = 'pairs / * / pairedByIndex_computationOnly';

const table: readonly Row[] = [
  [`${D} / n`, EXACT, (list) => scores(list).length],
  [`${D} / values`, EXACT, scores],
  [`${D} / mean`, SUM, (list) => mean(scores(list))],
  [`${D} / sdSample`, SUM, (list) => standardDeviation(scores(list))],
  [`${D} / sdPopulation`, SUM, (list) => standardDeviation(scores(list)) * Math.sqrt(9 / 10)],
  [`${D} / sem`, SUM, (list) => standardError(scores(list))],
  [`${D} / variance`, SUM, (list) => square(standardDeviation(scores(list)))],
  [`${D} / median`, SUM, (list) => median(ascending(scores(list)))],
  [`${D} / q1_type7`, SUM, (list) => quartiles(ascending(scores(list)))[0]],
  [`${D} / q3_type7`, SUM, (list) => quartiles(ascending(scores(list)))[1]],
  [`${D} / iqr_type7`, SUM, (list) => quartiles(ascending(scores(list))).reduce((lower, upper) => upper - lower)],
  [`${D} / iqm_trim25_scipy`, SUM, (list) => interquartileMean(ascending(scores(list)))],
  [`${D} / iqm_fractional`, SUM, (list) => fractionalInterquartileMean(ascending(scores(list)))],
  [`${D} / geometricMean`, 1e-14, (list) => geometricMean(scores(list))],
  [`${D} / geometricSd`, 2e-14, (list) => geometricStandardDeviation(scores(list))],
  [`${D} / sdLog10`, SUM, (list) => standardDeviation(log10s(scores(list)))],
  [`${D} / meanLog10`, SUM, (list) => mean(log10s(scores(list)))],
  [`${D} / min`, EXACT, (list) => some(ascending(scores(list))[0])],
  [`${D} / max`, EXACT, (list) => some(ascending(scores(list)).at(-1))],
  [`${D} / decades`, SUM, (list) => some(decades(ascending(scores(list))))],
  [`${D} / cv`, SUM, (list) => standardDeviation(scores(list)) / mean(scores(list))],
  [`${D} / mad_raw`, SUM, (list) => medianAbsoluteDeviation(ascending(scores(list)))],
  [`${D} / mad_scaled_1.4826`, SUM, (list) => robustStandardDeviation(ascending(scores(list)))],
  [`${D} / skew_G1_adjusted`, 1e-14, (list) => skewness(scores(list))],
  [`${D} / excessKurtosis_G2_adjusted`, 1e-13, (list) => some(excessKurtosis(scores(list)))],
  [`${D} / skewLog_G1`, 1e-14, (list) => skewness(logs(scores(list)))],
  [`${D} / t95_mean`, 1e-8, (list) => ends(tInterval(scores(list)))],
  [`${D} / t95_geometricMean_via_log`, 1e-9, (list) => ends(geometricInterval(scores(list)))],
  [`${D} / sd_chi2_95_normal`, 1e-12, (list) => ends(deviationInterval(scores(list)))],
  // SciPy 1.10.1 computes this test in float32.
  [`${D} / shapiro_raw / W`, 1e-6, (list) => some(shapiroWilk(scores(list))).w],
  [`${D} / shapiro_raw / p`, 1e-5, (list) => some(shapiroWilk(scores(list))).p],
  [`${D} / shapiro_log / W`, 1e-6, (list) => some(shapiroWilk(logs(scores(list)))).w],
  [`${D} / shapiro_log / p`, 1e-5, (list) => some(shapiroWilk(logs(scores(list)))).p],
  [`${D} / tukeyFences`, 1e-14, (list) => Object.values(tukeyFences(ascending(scores(list))))],
  [`${D} / outliers / *`, EXACT, outliers],
  [`${D} / median_orderstat_ci / ci`, EXACT, (list) => ends(some(medianInterval(ascending(scores(list)))))],
  [
    `${D} / median_orderstat_ci / k`,
    EXACT,
    (list) => ascending(scores(list)).indexOf(some(medianInterval(ascending(scores(list)))).low) + 1,
  ],
  [`${D} / median_orderstat_ci / coverage`, SUM, (list) => some(medianInterval(ascending(scores(list)))).coverage],
  [`${D} / bootstrap / * / pointEstimate`, 1e-14, (list, of) => some(statistics[of])(ascending(scores(list)))],
  [`${D} / bootstrap / * / exact / bootstrapSE`, 1e-12, (list, of) => bootstrapError(everyResample(list, of))],
  [
    `${D} / bootstrap / * / exact / percentile95`,
    1e-13,
    (list, of) => ends(bootstrapPercentile(everyResample(list, of))),
  ],
  [`${D} / bootstrap / * / exact / bca95 / * / z0`, 1e-10, (list, of, ties) => bca(list, of, ties).bias],
  [`${D} / bootstrap / * / exact / bca95 / * / alpha1`, 1e-11, (list, of, ties) => bca(list, of, ties).places[0]],
  [`${D} / bootstrap / * / exact / bca95 / * / alpha2`, 1e-11, (list, of, ties) => bca(list, of, ties).places[1]],
  [`${D} / bootstrap / * / exact / bca95 / * / ci`, 1e-13, (list, of, ties) => ends(bca(list, of, ties))],
  [
    `${D} / bootstrap / {mean|iqm|geometricMean|sd} / exact / bca95 / acceleration`,
    1e-12,
    (list, of) => jackknifeAcceleration(scores(list), some(statistics[of])),
  ],
  // Of an even number of values it is 0, but for NumPy's rounding and ours: a few times 1e-17.
  [
    `${D} / bootstrap / median / exact / bca95 / acceleration`,
    3,
    (list) => jackknifeAcceleration(scores(list), median),
  ],
  [
    `${D} / bootstrap / * / scipy_10000_seed20170512 / percentile95`,
    CHANCE,
    (list, of) => ends(bootstrapPercentile(everyResample(list, of))),
  ],
  [`${D} / bootstrap / * / scipy_10000_seed20170512 / bca95`, CHANCE, (list, of) => ends(bca(list, of, 'mid'))],
  [`${D} / bootstrap / * / scipy_10000_seed20170512 / se`, 0.04, (list, of) => bootstrapError(everyResample(list, of))],
  [`${D} / sampleSize / halfwidth_* / h`, SUM, (list, part) => Number.parseFloat(part) * mean(scores(list))],
  [
    `${D} / sampleSize / halfwidth_* / n_normal`,
    EXACT,
    (list, part) => {
      const half = Number.parseFloat(part) * mean(scores(list));
      return Math.ceil(square((normalQuantile(0.975) * standardDeviation(scores(list))) / half));
    },
  ],
  [
    `${D} / sampleSize / halfwidth_* / n_t`,
    EXACT,
    (list, part) => some(repeatsForMean(standardDeviation(scores(list)), Number.parseFloat(part) * mean(scores(list)))),
  ],
  [
    `${D} / sampleSize / geomean_within_factor_* / n_t`,
    EXACT,
    (list, factor) => some(repeatsForMean(standardDeviation(logs(scores(list))), log(Number(factor)))),
  ],

  [`${P} / meanDifference`, 1e-14, (of) => some(welch(...pair(of))).difference],
  [`${P} / ratioOfMeans`, SUM, (of) => mean(pair(of)[0]) / mean(pair(of)[1])],
  [`${P} / welch / t`, 1e-13, (of) => some(welch(...pair(of))).t],
  [`${P} / welch / df`, 1e-13, (of) => some(welch(...pair(of))).df],
  [`${P} / welch / p`, 1e-12, (of) => some(welch(...pair(of))).p],
  [`${P} / welch / ci95`, T, (of) => ends(some(welch(...pair(of))))],
  [`${P} / student / t`, 1e-13, (of) => some(student(...pair(of))).t],
  [`${P} / student / df`, EXACT, (of) => some(student(...pair(of))).df],
  [`${P} / student / p`, 1e-12, (of) => some(student(...pair(of))).p],
  [`${P} / welch_on_log / t`, 1e-13, (of) => some(welchOfLogs(of)).t],
  [`${P} / welch_on_log / df`, 1e-13, (of) => some(welchOfLogs(of)).df],
  [`${P} / welch_on_log / p`, 1e-12, (of) => some(welchOfLogs(of)).p],
  [`${P} / welch_on_log / ratioGeometricMeans`, 1e-13, (of) => Math.exp(some(welchOfLogs(of)).difference)],
  [`${P} / welch_on_log / ratioCi95`, T, (of) => ends(some(welchOfLogs(of))).map(Math.exp)],
  [`${P} / mannWhitney / U1`, EXACT, (of) => mannWhitney(...pair(of)).u],
  [`${P} / mannWhitney / U2`, EXACT, (of) => 100 - mannWhitney(...pair(of)).u],
  [`${P} / mannWhitney / p_exact`, 1e-14, (of) => mannWhitney(...pair(of)).p],
  [`${P} / mannWhitney / p_asymptotic_cc`, 1e-13, (of) => normalMannWhitney(of, 0.5)],
  [`${P} / mannWhitney / p_asymptotic_nocc`, 1e-13, (of) => normalMannWhitney(of, 0)],
  [`${P} / brunnerMunzel / stat`, 1e-13, (of) => some(brunnerMunzel(...pair(of))).t],
  [`${P} / brunnerMunzel / p`, 1e-12, (of) => some(brunnerMunzel(...pair(of))).p],
  [`${P} / permutationMeanDiff_exact / p_two_sided`, SUM, (of) => permutationTest(never, ...pair(of)).p],
  [`${P} / permutationMeanDiff_exact / p_less`, SUM, (of) => permutationTestLower(never, ...pair(of)).p],
  [`${P} / permutationMeanDiff_exact / splits`, EXACT, () => choose(20, 10)],
  [`${P} / cohen_d_pooled`, 1e-14, (of) => some(cohenD(...pair(of)))],
  [`${P} / hedges_g_exactJ`, 1e-13, (of) => some(hedgesG(...pair(of)))],
  [`${P} / hedges_J_exact`, 1e-13, () => hedgesCorrection(18)],
  [`${P} / hedges_g_approxJ`, 1e-14, (of) => some(cohenD(...pair(of))) * approximateHedgesCorrection(18)],
  [`${P} / glass_delta_sd_b`, 1e-14, (of) => some(glassDelta(...pair(of)))],
  [`${P} / cohen_d_on_log`, 1e-13, (of) => some(cohenD(...(pair(of).map(logs) as [number[], number[]])))],
  [`${P} / A12_P_first_greater`, SUM, (of) => superiority(...pair(of)).probability],
  [`${P} / P_first_better_lower`, SUM, (of) => 1 - superiority(...pair(of)).probability],
  [`${P} / cliffsDelta_first_minus_second`, SUM, (of) => cliffsDelta(superiority(...pair(of)).probability)],
  [
    `${P} / A12_bootstrap10k_percentile95`,
    CHANCE,
    (of) => ends(bootstrapPercentile(resamples(source(1), pair(of), (x = [], y = []) => rankSum(x, y).u / 100))),
  ],
  [`${P} / hodgesLehmann_shift`, 1e-14, (of) => hodgesLehmann(...pair(of)).shift],
  [`${P} / levene_mean / W`, 1e-12, (of) => some(levene(pair(of))).f],
  [`${P} / levene_mean / p`, 1e-12, (of) => some(levene(pair(of))).p],
  [`${P} / brownForsythe_median / W`, 1e-12, (of) => some(brownForsythe(pair(of))).f],
  [`${P} / brownForsythe_median / p`, 1e-12, (of) => some(brownForsythe(pair(of))).p],
  [`${P} / brownForsythe_log / W`, 1e-12, (of) => some(brownForsythe(pair(of).map(logs))).f],
  [`${P} / brownForsythe_log / p`, 1e-12, (of) => some(brownForsythe(pair(of).map(logs))).p],
  [`${P} / bartlett / T`, 1e-12, (of) => some(bartlett(pair(of))).chiSquared],
  [`${P} / bartlett / p`, 1e-12, (of) => some(bartlett(pair(of))).p],
  [`${P} / varianceRatioF / F`, 1e-14, (of) => some(varianceRatio(...pair(of))).f],
  [`${P} / varianceRatioF / p_two_sided`, 1e-12, (of) => some(varianceRatio(...pair(of))).p],
  [`${P} / ks2 / D`, EXACT, (of) => kolmogorovSmirnov(...pair(of)).d],
  [`${P} / ks2 / p_exact`, 1e-13, (of) => kolmogorovSmirnov(...pair(of)).p],
  [`${P} / ks2 / p_asymp`, 1e-13, (of) => kolmogorovSurvival(kolmogorovSmirnov(...pair(of)).d, 5)],
  [`${P} / aso_violationRatio_first_better_lower`, 1e-12, (of) => some(violationRatio(...pair(of)))],

  [`${I} / meanDiff`, 1e-14, (of) => some(pairedT(differences(pair(of)))).difference],
  [`${I} / sdDiff`, SUM, (of) => standardDeviation(differences(pair(of)))],
  [`${I} / correlation_raw`, 1e-14, (of) => some(correlation(...pair(of)))],
  [`${I} / correlation_log`, 1e-13, (of) => some(correlation(...(pair(of).map(logs) as [number[], number[]])))],
  [`${I} / pairedT / t`, 1e-13, (of) => some(pairedT(differences(pair(of)))).t],
  [`${I} / pairedT / df`, EXACT, (of) => some(pairedT(differences(pair(of)))).df],
  [`${I} / pairedT / p`, 1e-12, (of) => some(pairedT(differences(pair(of)))).p],
  [`${I} / pairedT_log / t`, 1e-13, (of) => some(pairedT(differences(pair(of), logs))).t],
  [`${I} / pairedT_log / p`, 1e-12, (of) => some(pairedT(differences(pair(of), logs))).p],
  [`${I} / pairedT_log / ratio`, 1e-13, (of) => Math.exp(some(pairedT(differences(pair(of), logs))).difference)],
  [`${I} / cohen_dz`, 1e-14, (of) => some(cohenDz(differences(pair(of))))],
  [`${I} / wilcoxonSignedRank / W_min`, EXACT, (of) => wilcoxon(differences(pair(of))).positive],
  [`${I} / wilcoxonSignedRank / p_exact`, SUM, (of) => wilcoxon(differences(pair(of))).p],
  [`${I} / wilcoxonSignedRank / p_approx_nocc`, 1e-13, (of) => normalWilcoxon(of, 0)],
  [`${I} / wilcoxonSignedRank / p_approx_cc`, 1e-13, (of) => normalWilcoxon(of, 0.5)],
  [`${I} / signFlipPermutation_exact_p`, EXACT, (of) => signFlipTest(never, differences(pair(of))).p],
  [`${I} / wins_first_lower`, SUM, (of) => 10 * (1 - pairedSuperiority(differences(pair(of))).probability)],
  [`${I} / ties`, EXACT, (of) => differences(pair(of)).filter((each) => each === 0).length],
  [`${I} / P_first_better`, SUM, (of) => 1 - pairedSuperiority(differences(pair(of))).probability],
  [
    `${I} / P_first_better_percentile95_exactBinomial`,
    SUM,
    (of) => ends(pairedSuperiority(differences(pair(of)).map((each) => -each))),
  ],
  [`${I} / sign_test_p`, 1e-14, (of) => signTest(differences(pair(of)))],

  ['multipleComparisons / * / raw', 1e-12, raw],
  ['multipleComparisons / * / holm', 1e-12, (family) => holm(raw(family))],
  ['multipleComparisons / * / bonferroni', 1e-12, (family) => bonferroni(raw(family))],
  ['multipleComparisons / * / bh', 1e-12, (family) => benjaminiHochberg(raw(family))],

  ['threeGroup / kruskalWallis / H', 1e-13, () => some(kruskalWallis(groups)).chiSquared],
  ['threeGroup / kruskalWallis / df', EXACT, () => some(kruskalWallis(groups)).df],
  ['threeGroup / kruskalWallis / p', 1e-13, () => some(kruskalWallis(groups)).p],
  ['threeGroup / anova / F', 1e-12, () => some(oneWayAnova(groups)).f],
  ['threeGroup / anova / df', EXACT, () => [some(oneWayAnova(groups)).df1, some(oneWayAnova(groups)).df2]],
  ['threeGroup / anova / p', 1e-12, () => some(oneWayAnova(groups)).p],
  ['threeGroup / welchAnova / F', 1e-12, () => some(welchAnova(groups)).f],
  ['threeGroup / welchAnova / df', 1e-13, () => [some(welchAnova(groups)).df1, some(welchAnova(groups)).df2]],
  ['threeGroup / welchAnova / p', 1e-12, () => some(welchAnova(groups)).p],
  ['threeGroup / welchAnova_log / F', 1e-12, () => some(welchAnova(groups.map(logs))).f],
  [
    'threeGroup / welchAnova_log / df',
    1e-13,
    () => [some(welchAnova(groups.map(logs))).df1, some(welchAnova(groups.map(logs))).df2],
  ],
  ['threeGroup / welchAnova_log / p', 1e-12, () => some(welchAnova(groups.map(logs))).p],
  ['threeGroup / friedman_byIndex_computationOnly / chi2', 1e-13, () => some(friedman(groups)).chiSquared],
  ['threeGroup / friedman_byIndex_computationOnly / df', EXACT, () => some(friedman(groups)).df],
  ['threeGroup / friedman_byIndex_computationOnly / p', 1e-13, () => some(friedman(groups)).p],
  [
    'threeGroup / friedman_byIndex_computationOnly / imanDavenport_F',
    1e-13,
    () => some(some(friedman(groups)).imanDavenport).f,
  ],
  [
    'threeGroup / friedman_byIndex_computationOnly / imanDavenport_p',
    1e-13,
    () => some(some(friedman(groups)).imanDavenport).p,
  ],
  [
    'threeGroup / friedman_byIndex_computationOnly / meanRanks_lowerIsBetter / *',
    SUM,
    (list) => some(some(friedman(groups)).meanRanks[names.indexOf(list)]),
  ],
  ['threeGroup / nemenyi / q_studentizedRange_.05_k3_inf', 1e-10, () => studentizedRangeQuantile(0.95, 3)],
  ['threeGroup / nemenyi / q_over_sqrt2', 1e-10, () => studentizedRangeQuantile(0.95, 3) / Math.SQRT2],
  ['threeGroup / nemenyi / criticalDifference', 1e-10, () => posthoc().criticalDifference],
  [
    'threeGroup / nemenyi / p / *_vs_*',
    1e-10,
    (first, second) => some(posthoc().ps[names.indexOf(first)]?.[names.indexOf(second)]),
  ],
  [
    'threeGroup / nemenyi_q_over_sqrt2_table_alpha.05 / *',
    1e-10,
    (k) => studentizedRangeQuantile(0.95, Number(k)) / Math.SQRT2,
  ],
  ['threeGroup / levene_median_3 / W', 1e-12, () => some(brownForsythe(groups)).f],
  ['threeGroup / levene_median_3 / p', 1e-12, () => some(brownForsythe(groups)).p],

  [
    'sampleSizePlanning / noether_gamma.75_alpha.05_beta.05_onesided_raw',
    1e-14,
    () => square(2 * normalQuantile(0.95)) / (6 * square(0.25)),
  ],
  [
    'sampleSizePlanning / noether_ceil / g=*,beta=*,sides=*',
    EXACT,
    (gamma, beta, sides) => some(noether(Number(gamma), noetherOptions(Number(beta), Number(sides)))),
  ],
  ['sampleSizePlanning / twoSampleT_n_per_group_power.8_alpha.05 / *', SOLVER, (d) => twoSampleTSize(Number(d))],
  ['sampleSizePlanning / mdes_d_power.8 / *', SOLVER, (n) => twoSampleTEffect(Number(n))],
  [
    'sampleSizePlanning / observed_d_n_per_group_power.8 / *',
    SOLVER,
    (of) => twoSampleTSize(Math.abs(some(cohenD(...pair(of))))),
  ],
  ['sampleSizePlanning / relative_se_of_sd_normal / *', SUM, (n) => 1 / Math.sqrt(2 * (Number(n) - 1))],
  ['sampleSizePlanning / sd_ci95_factor_normal / *', 1e-12, (n) => deviationFactors(Number(n)) ?? []],
  ['sampleSizePlanning / t975 / *', T, (df) => studentTQuantile(0.975, Number(df))],
  ['sampleSizePlanning / minP_mannwhitney_two_sided / *', SUM, (n) => smallestRankSumP(Number(n), Number(n))],
  ['sampleSizePlanning / median_ci_min_n_95', EXACT, () => fewestForMedianInterval()],

  ...special('t_cdf', 1e-12, (x = 0, df = 0) => studentTCdf(x, df)),
  ...special('t_ppf', 3e-11, (p = 0, df = 0) => studentTQuantile(p, df)),
  ...special('f_sf', 1e-12, (x = 0, df1 = 0, df2 = 0) => fSurvival(x, df1, df2)),
  ...special('chi2_sf', 1e-12, (x = 0, df = 0) => chiSquaredSurvival(x, df)),
  ...special('norm_cdf', 1e-12, (z = 0) => normalCdf(z)),
  ...special('norm_ppf', 1e-12, (p = 0) => normalQuantile(p)),
  ['specialFunctions / wilcoxon_signrank_cdf_n10', 1e-14, () => [...signedRankDistribution(10)]],

  [
    'sobolFixture_n30 / expected / * / V_pooled_A_and_B_ddof1',
    1e-14,
    (scale) => sobolVariance(scale, [...article.sobolFixture_n30.fA, ...article.sobolFixture_n30.fB]),
  ],
  [
    'sobolFixture_n30 / expected / * / V_A_only_ddof1',
    1e-14,
    (scale) => sobolVariance(scale, article.sobolFixture_n30.fA),
  ],
  [
    'sobolFixture_n30 / expected / * / sources / * / V_total_i=0.5*mean((fA-fABi)^2)',
    1e-12,
    (scale, name) => sobol(scale, name).variance,
  ],
  ['sobolFixture_n30 / expected / * / sources / * / S_T', 1e-12, (scale, name) => sobol(scale, name).total],
  [
    'sobolFixture_n30 / expected / * / sources / * / S_first=1-0.5*mean((fB-fABi)^2)/V',
    1e-12,
    (scale, name) => sobol(scale, name).first,
  ],
];

/** What no function gives: how the file was made, and what Sobol's figures are computed from. */
const given = [
  'meta / bootstrapSeed',
  'meta / resamples',
  'sobolFixture_n30 / fA',
  'sobolFixture_n30 / fB',
  'sobolFixture_n30 / swap / *',
];

/** Rows of arguments and a value, of one function. */
function special(name: string, tolerance: number, f: (...row: number[]) => number): Row[] {
  const rows: number[][] = article.specialFunctions[name];
  return [
    [
      `specialFunctions / ${name} / *`,
      tolerance,
      (i) => {
        const row = some(rows[Number(i)]).slice(0, -1);
        return [...row, f(...row)];
      },
    ],
  ];
}

function welchOfLogs(of: string) {
  const [first, second] = pair(of);
  return welch(logs(first), logs(second));
}

function normalMannWhitney(of: string, continuity: number): number {
  const { u } = mannWhitney(...pair(of));
  return normalRankSumP(Math.min(u, 100 - u), 0, 10, 10, continuity);
}

function normalWilcoxon(of: string, continuity: number): number {
  const { positive, negative, count } = wilcoxon(differences(pair(of)));
  return normalSignedRankP(Math.min(positive, negative), count, 0, continuity);
}

/** How many labels there are, of a name such as `highMild`. */
function outliers(list: string, name: string): number {
  const fences = tukeyFences(ascending(scores(list)));
  const [, side, degree] = some(/^(low|high)(Mild|Severe)$/.exec(name)) as unknown as [string, string, string];
  return scores(list).filter((value) => {
    const label = outlierLabel(value, fences);
    return label?.side === side && label.degree === degree.toLowerCase();
  }).length;
}

type Leaf = readonly [path: string, figure: number | readonly number[]];

/** Numbers, and lists of numbers, with their keys. */
function leaves(tree: unknown, path: readonly string[] = []): Leaf[] {
  const numbers = Array.isArray(tree) && tree.every((each) => typeof each === 'number');
  if (typeof tree === 'number' || numbers) return [[path.join(' / '), tree as number | number[]]];
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, child]) => leaves(child, [...path, key]));
}

function pattern(path: string): RegExp {
  const parts = path.split(/(\{.*?\}|(?<!0\.5)\*)/).map((part) => {
    if (part === '*') return '([^/]+?)';
    if (part.startsWith('{')) return `(${part.slice(1, -1)})`;
    return part.replace(/[.*+?^$()[\]]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}

const all = leaves(article);

test('every number of statistics.json is one figure of ours, or is given', () => {
  const patterns = [...table.map(([path]) => path), ...given].map((path) => ({ path, expression: pattern(path) }));
  const held = all.map(([path]) => ({
    path,
    by: patterns.filter(({ expression }) => expression.test(path)).map((each) => each.path),
  }));
  expect(held.filter(({ by }) => by.length !== 1)).toEqual([]);
  expect(patterns.filter(({ expression }) => !all.some(([path]) => expression.test(path)))).toEqual([]);
  expect(all.length).toBeGreaterThan(500);
});

/** How far each number is from the one wanted, over how far it may be. */
function excess(got: readonly number[], wanted: readonly number[], tolerance: Row[1]): number {
  if (got.length !== wanted.length) return Infinity;
  // Ends of intervals may be off by a part of the width.
  const [low = 0, high = 0] = wanted;
  const allowed = (value: number) => (tolerance === CHANCE ? 0.06 * (high - low) : tolerance * (Math.abs(value) || 1));
  return Math.max(
    ...got.map((value, i) => {
      const distance = Math.abs(value - some(wanted[i]));
      return distance === 0 ? 0 : distance / allowed(some(wanted[i]));
    }),
  );
}

test.each(table)('%s has that value', (path, tolerance, figure) => {
  const expression = pattern(path);
  const wrong = all.flatMap(([at, wanted]) => {
    const match = expression.exec(at);
    if (!match) return [];
    const got = [figure(...match.slice(1))].flat();
    const off = excess(got, [wanted].flat(), tolerance);
    return off <= 1 ? [] : [{ at, got, wanted, off }];
  });
  expect(wrong).toEqual([]);
});
