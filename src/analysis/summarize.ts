import { ascending, mean, median, quartiles, standardDeviation, standardError } from '../stats/summary.js';

/** Figures of the finite scores; `null` where there are too few for one. */
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
  readonly min: number | null;
  readonly max: number | null;
  /** What to keep in mind when reading them. */
  readonly warnings: readonly string[];
}

/** Summary of a run's scores, in any order: the figures of two orders have the same bits. */
export function summarize(scores: readonly number[]): Summary {
  // Sorted, so that no sum depends on the order of the repeats.
  const sorted = ascending(scores.filter(Number.isFinite));
  const some = sorted.length > 0;
  const several = sorted.length > 1;
  const [lowerQuartile, upperQuartile] = some ? quartiles(sorted) : [null, null];
  return {
    count: scores.length,
    finite: sorted.length,
    mean: some ? mean(sorted) : null,
    standardDeviation: several ? standardDeviation(sorted) : null,
    standardError: several ? standardError(sorted) : null,
    median: some ? median(sorted) : null,
    lowerQuartile,
    upperQuartile,
    min: sorted[0] ?? null,
    max: sorted.at(-1) ?? null,
    warnings: warningsOf(scores.length, sorted.length),
  };
}

function warningsOf(count: number, finite: number): string[] {
  const warnings: string[] = [];
  const repeats = count === 1 ? 'repeat' : 'repeats';
  if (finite < count) {
    const rest = finite === 0 ? 'there is no figure' : 'the figures leave them out';
    warnings.push(`${count - finite} of ${count} ${repeats} diverged; ${rest}`);
  }
  if (finite === 1) warnings.push('a standard deviation needs 2 finite scores, got 1');
  return warnings;
}
