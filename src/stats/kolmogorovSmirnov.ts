import { kolmogorovSurvival } from './kolmogorov.js';

/** Up to so many pairs of values p is exact: it takes a step for each. */
const MOST_EXACT = 1_000_000;

export interface DistanceTest {
  /** The largest distance of the two empirical distribution functions, 0 … 1. */
  readonly d: number;
  readonly p: number;
  readonly method: 'exact' | 'asymptotic';
}

/**
 * Two-sample Kolmogorov-Smirnov test (N. Smirnov 1939), two-sided, of whether samples come from one distribution. Exact up to 1,000,000
 * pairs: the share of orders of the pooled values whose distance is as large, with ties as they are (G. Schröer & D. Trenkler 1995), as R's
 * `ks.test`. Of more by the distribution of one sample of n m / (n + m) values, rounded, as SciPy's `ks_2samp(method='asymp')`.
 *
 * @param first at least one value, no NaN; ±Infinity rank as they compare; as `second`
 */
export function kolmogorovSmirnov(first: readonly number[], second: readonly number[]): DistanceTest {
  const [x, y] = [Float64Array.from(first).sort(), Float64Array.from(second).sort()];
  const [n, m] = [x.length, y.length];
  // In units of 1 / (n m), so that distances are whole numbers.
  let [largest, i, j] = [0, 0, 0];
  // ends[k]: whether the k lowest of all values end where a group of equal ones does.
  const ends = new Uint8Array(n + m + 1);
  ends[0] = 1;
  while (i < n || j < m) {
    const value = Math.min(x[i] ?? Infinity, y[j] ?? Infinity);
    while (x[i] === value) i++;
    while (y[j] === value) j++;
    ends[i + j] = 1;
    largest = Math.max(largest, Math.abs(i * m - j * n));
  }
  const d = largest / (n * m);
  if (n * m > MOST_EXACT) {
    const p = kolmogorovSurvival(d, Math.max(1, Math.round((n / (n + m)) * m)));
    return { d, p, method: 'asymptotic' };
  }
  return { d, p: chanceOfReaching(largest, n, m, ends), method: 'exact' };
}

/** The share of orders of n values and m in which the distance somewhere reaches `largest`. Sums of positive terms: nothing cancels. */
function chanceOfReaching(largest: number, n: number, m: number, ends: Uint8Array): number {
  // reached[j]: of the orders of the i and j lowest, those that have reached it.
  const reached = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      const far = ends[i + j] === 1 && Math.abs(i * m - j * n) >= largest;
      const before = i * (reached[j] as number) + (j > 0 ? j * (reached[j - 1] as number) : 0);
      reached[j] = far ? 1 : before / Math.max(1, i + j);
    }
  }
  return reached[m] as number;
}
