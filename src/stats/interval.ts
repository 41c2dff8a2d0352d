/** How an interval was made. */
export type IntervalMethod =
  | 'order statistics'
  | 'BCa bootstrap'
  | 'percentile bootstrap'
  | 'Edgeworth expansion'
  | 'Student t'
  | 'chi-squared';

/** A confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** How often such an interval is meant to hold what is estimated, 0 … 1. */
  readonly level: number;
  readonly method: IntervalMethod;
}
