import { midranks } from './ranks.js';
import { studentTCdf } from './studentT.js';
import { mean, standardDeviation } from './summary.js';

/** A test by Student's t of a figure that is no mean. */
export interface TTest {
  readonly t: number;
  /** Degrees of freedom. */
  readonly df: number;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Brunner-Munzel test (E. Brunner & U. Munzel 2000) of whether P(X > Y) + P(X = Y) / 2 is ½, also where spreads differ and values
 * tie; t is above 0 where the second's values are the higher ones, as in SciPy and R. `null` with fewer than two values on a side, or
 * where neither side's ranks vary, as with sides that do not overlap.
 *
 * @param first no NaN; ±Infinity rank as they compare; as `second`
 */
export function brunnerMunzel(first: readonly number[], second: readonly number[]): TTest | null {
  const [n, m] = [first.length, second.length];
  if (n < 2 || m < 2) return null;
  const { ranks } = midranks([...first, ...second]);
  // How many of the other side lie below each value, a tie counting half.
  const placements = (values: readonly number[], from: number) => {
    const own = midranks(values).ranks;
    return values.map((_, i) => (ranks[from + i] as number) - (own[i] as number));
  };
  const [x, y] = [placements(first, 0), placements(second, n)];
  const [a, b] = [standardDeviation(x) / m, standardDeviation(y) / n];
  const [v, w] = [(a * a) / n, (b * b) / m];
  if (v + w === 0) return null;
  const t = (0.5 - mean(x) / m) / Math.sqrt(v + w);
  const df = ((v + w) * (v + w)) / ((v * v) / (n - 1) + (w * w) / (m - 1));
  return { t, df, p: Math.min(1, 2 * studentTCdf(-Math.abs(t), df)) };
}
