import { decades } from '../stats/decades.js';
import { interquartileMean } from '../stats/interquartileMean.js';
import type { Interval } from '../stats/interval.js';
import { meanIntervals } from '../stats/meanIntervals.js';
import { fewestForMedianInterval, medianInterval, type OrderStatisticInterval } from '../stats/medianInterval.js';
import { repeatsForMean } from '../stats/repeatsForMean.js';
import { skewness } from '../stats/skewness.js';
import { ascending, mean, median, quartiles, standardDeviation, standardError } from '../stats/summary.js';
import { type OutlierLabel, outlierLabel, tukeyFences } from '../stats/tukeyFences.js';
import { dataSource } from './dataSource.js';

/** What intervals are meant to cover. */
const LEVEL = 0.95;

/** Beyond this skewness, either way, the interval of the mean is not to be trusted to its word. */
const SKEWED = 1;

/** A score beyond Tukey's fences. It is labelled, and counts like any other. */
export interface Outlier extends OutlierLabel {
  /** Counted from 1. */
  readonly repeat: number;
  readonly score: number;
}

/** Figures of the finite scores; `null` where there are too few for one, or float64 has no such number. */
export interface Summary {
  /** All scores, and the finite ones. */
  readonly count: number;
  readonly finite: number;
  readonly mean: number | null;
  /** Of the sample: divided by n − 1. */
  readonly standardDeviation: number | null;
  readonly standardError: number | null;
  readonly median: number | null;
  /** Quartiles of type 7. */
  readonly lowerQuartile: number | null;
  readonly upperQuartile: number | null;
  readonly interquartileMean: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** How many powers of ten lie between min and max; `null` unless all are above 0. */
  readonly decades: number | null;
  /** Adjusted Fisher-Pearson skewness; `null` of less than three scores and of identical ones. */
  readonly skewness: number | null;
  readonly intervals: {
    readonly mean: Interval | null;
    readonly median: OrderStatisticInterval | null;
    readonly interquartileMean: Interval | null;
  };
  /** In the order of the repeats. */
  readonly outliers: readonly Outlier[];
  /** Repeats that would give an interval of the mean of ± 25% and ± 10% of it, if their spread is that of these. */
  readonly repeatsNeeded: { readonly within25: number | null; readonly within10: number | null };
  /** What to keep in mind when reading them. */
  readonly warnings: readonly string[];
}

/**
 * Summary of a run's scores, in any order: the figures of two orders have the same bits.
 *
 * @param failed how many of those that are not finite stand for repeats that failed, and not for scores that diverged
 */
export function summarize(scores: readonly number[], failed = 0): Summary {
  // Sorted, so that no sum depends on the order of the repeats.
  const sorted = ascending(scores.filter(Number.isFinite));
  const some = sorted.length > 0;
  const several = sorted.length > 1;
  const differ = sorted[0] !== sorted.at(-1);
  const [lowerQuartile, upperQuartile] = some ? quartiles(sorted) : [null, null];
  const means = meanIntervals(sorted, dataSource(sorted), LEVEL);
  const figures = {
    count: scores.length,
    finite: sorted.length,
    mean: some ? mean(sorted) : null,
    standardDeviation: several ? representable(standardDeviation(sorted)) : null,
    standardError: several ? representable(standardError(sorted)) : null,
    median: some ? median(sorted) : null,
    lowerQuartile,
    upperQuartile,
    interquartileMean: some ? interquartileMean(sorted) : null,
    min: sorted[0] ?? null,
    max: sorted.at(-1) ?? null,
    decades: some ? decades(sorted) : null,
    skewness: sorted.length > 2 && differ ? skewness(sorted) : null,
    intervals: {
      mean: means?.mean ?? null,
      median: medianInterval(sorted, LEVEL),
      interquartileMean: means?.interquartileMean ?? null,
    },
    outliers: differ ? outliersOf(scores, sorted) : [],
  };
  return { ...figures, repeatsNeeded: repeatsNeeded(figures), warnings: warningsOf(figures, failed) };
}

/** The spread of numbers as large as float64's largest is none of its numbers. */
function representable(figure: number): number | null {
  return Number.isFinite(figure) ? figure : null;
}

function outliersOf(scores: readonly number[], sorted: readonly number[]): Outlier[] {
  const fences = tukeyFences(sorted);
  return scores.flatMap((score, index) => {
    const label = Number.isFinite(score) ? outlierLabel(score, fences) : undefined;
    return label ? { repeat: index + 1, score, ...label } : [];
  });
}

type Figures = Omit<Summary, 'repeatsNeeded' | 'warnings'>;

function repeatsNeeded({ mean, standardDeviation }: Figures): Summary['repeatsNeeded'] {
  // Identical scores say nothing of a spread, and nothing is a part of a mean of 0.
  const within = (part: number) =>
    mean && standardDeviation ? repeatsForMean(standardDeviation, part * Math.abs(mean), LEVEL) : null;
  return { within25: within(0.25), within10: within(0.1) };
}

function warningsOf({ count, finite, min, max, skewness, intervals }: Figures, failed: number): string[] {
  const warnings: string[] = [];
  const repeats = count === 1 ? 'repeat' : 'repeats';
  if (finite < count) {
    const rest = finite === 0 ? 'there is no figure' : 'the figures leave them out';
    const diverged = count - finite - failed;
    if (failed > 0) warnings.push(`${failed} of ${count} ${repeats} failed; ${rest}`);
    if (diverged > 0) warnings.push(`${diverged} of ${count} ${repeats} diverged; ${rest}`);
  }
  if (finite === 1) warnings.push('a standard deviation needs 2 finite scores, got 1');
  const few = min !== max && intervals.median === null;
  if (few) {
    const fewest = fewestForMedianInterval(LEVEL);
    warnings.push(`needs ${fewest} repeats for a ${100 * LEVEL}% interval of the median, got ${finite}`);
  }
  if (skewness !== null && Math.abs(skewness) > SKEWED) {
    warnings.push(`the scores are skewed: the interval of their mean covers less than ${100 * LEVEL}%`);
  } else if (few) {
    warnings.push(`of so few repeats, the intervals of the means cover far less than ${100 * LEVEL}%`);
  }
  return warnings;
}
