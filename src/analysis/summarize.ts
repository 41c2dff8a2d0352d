import { mean, quantile, standardDeviation, standardError } from '../stats/summary.js';

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

/** Summary of a run's scores, in any order. */
export function summarize(scores: readonly number[]): Summary {
  // Sorted, so that no sum depends on the order of the repeats.
  const sorted = Array.from(Float64Array.from(scores.filter(Number.isFinite)).sort());
  const some = sorted.length > 0;
  const several = sorted.length > 1;
  return {
    count: scores.length,
    finite: sorted.length,
    mean: some ? mean(sorted) : null,
    standardDeviation: several ? standardDeviation(sorted) : null,
    standardError: several ? standardError(sorted) : null,
    median: some ? quantile(sorted, 0.5) : null,
    lowerQuartile: some ? quantile(sorted, 0.25) : null,
    upperQuartile: some ? quantile(sorted, 0.75) : null,
    min: sorted[0] ?? null,
    max: sorted.at(-1) ?? null,
    warnings: warningsOf(scores.length, sorted.length),
  };
}

function warningsOf(count: number, finite: number): string[] {
  const warnings: string[] = [];
  if (finite < count) {
    warnings.push(`${count - finite} of ${count} repeats diverged; the figures leave them out`);
  }
  if (finite === 1) warnings.push('a standard deviation needs 2 repeats, got 1');
  return warnings;
}
