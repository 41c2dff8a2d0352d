import { studentTCdf, studentTQuantile } from './studentT.js';

/** A test of a mean, or of a difference of two, against 0 by Student's t. */
export interface MeanTest {
  readonly difference: number;
  readonly standardError: number;
  readonly t: number;
  /** Degrees of freedom. */
  readonly df: number;
  /** Two-sided. */
  readonly p: number;
  readonly low: number;
  readonly high: number;
}

/**
 * A difference with its standard error as a test, two-sided, with the interval of the level; `null` where the error is 0, so that t has
 * no value, or where a figure leaves float64's range.
 */
export function meanTest(difference: number, error: number, df: number, level: number): MeanTest | null {
  const t = difference / error;
  const half = studentTQuantile((1 + level) / 2, df) * error;
  if (!(Number.isFinite(t) && Number.isFinite(difference) && Number.isFinite(half))) return null;
  return {
    ...{ difference, standardError: error, t, df },
    p: Math.min(1, 2 * studentTCdf(-Math.abs(t), df)),
    low: difference - half,
    high: difference + half,
  };
}
