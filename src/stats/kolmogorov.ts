import { exp, log } from '../kernel/elementary.js';

/** Up to so many values the distribution is computed, beyond them taken from its limit. */
const MOST_EXACT = 500;

/** From this n d² on, twice the one-sided chance is the two-sided one, to a part of 1e-13. */
const FAR = 5;

const PI_SQUARED = 9.869604401089358;
const SQRT_2_PI = 2.5066282746310002;

/** P(D⁺ ≥ d) = d Σ C(n, j) (d + j/n)^(j − 1) (1 − d − j/n)^(n − j) (N. Smirnov 1944; Z. Birnbaum & F. Tingey 1951). */
function oneSided(d: number, n: number): number {
  let sum = 0;
  let logChoose = 0;
  for (let j = 0; j / n < 1 - d; j++) {
    sum += exp(logChoose + (j - 1) * log(d + j / n) + (n - j) * log(1 - d - j / n));
    logChoose += log((n - j) / (j + 1));
  }
  return d * sum;
}

/** P(D < d) by powers of a matrix (J. Durbin 1973; G. Marsaglia, W. Tsang & J. Wang 2003), as n steps of one of its rows. */
function within(d: number, n: number): number {
  const k = Math.floor(n * d) + 1;
  const size = 2 * k - 1;
  const h = k - n * d;
  const inverseFactorials = [1];
  for (let i = 1; i <= size; i++) inverseFactorials.push((inverseFactorials[i - 1] as number) / i);
  // powers[i] = hⁱ / i!, what is missing in the first column and the last row.
  const missing = [1];
  for (let i = 1; i <= size; i++) missing.push(((missing[i - 1] as number) * h) / i);
  const entry = (row: number, column: number) => {
    if (row - column + 1 < 0) return 0;
    let value = inverseFactorials[row - column + 1] as number;
    if (column === 0) value -= missing[row + 1] as number;
    if (row === size - 1) value -= missing[size - column] as number;
    if (column === 0 && row === size - 1 && 2 * h > 1) {
      let corner = 1;
      for (let i = 1; i <= size; i++) corner *= (2 * h - 1) / i;
      value += corner;
    }
    return value;
  };
  const matrix = Array.from({ length: size }, (_, row) => Float64Array.from({ length: size }, (_, c) => entry(row, c)));
  let row = Float64Array.from({ length: size }, (_, column) => (column === k - 1 ? 1 : 0));
  for (let i = 1; i <= n; i++) {
    const next = new Float64Array(size);
    matrix.forEach((entries, at) => {
      const factor = ((row[at] as number) * i) / n;
      for (let column = 0; column < size; column++) {
        next[column] = (next[column] as number) + factor * (entries[column] as number);
      }
    });
    row = next;
  }
  return row[k - 1] as number;
}

/** P(K > x) of Kolmogorov's limit (A. Kolmogorov 1933), by the series that converges faster. */
function limit(x: number): number {
  let sum = 0;
  if (x > 1) {
    for (let k = 1; k < 10; k++) sum += (k % 2 === 0 ? -2 : 2) * exp(-2 * k * k * x * x);
    return sum;
  }
  for (let k = 1; k < 20; k += 2) sum += exp((-k * k * PI_SQUARED) / (8 * x * x));
  return 1 - (SQRT_2_PI / x) * sum;
}

/**
 * Survival function of Kolmogorov's distance of n values from their distribution, P(D ≥ d): exact up to 500, beyond that the limit, at
 * a d corrected for n (J. Vrbik 2018).
 *
 * @param d 0 … 1
 * @param n a positive integer
 */
export function kolmogorovSurvival(d: number, n: number): number {
  if (Number.isNaN(d)) return d;
  if (2 * n * d <= 1) return 1;
  if (d >= 1) return 0;
  if (n > MOST_EXACT) {
    const root = Math.sqrt(n);
    return limit(d * root + 1 / (6 * root) + (d * root - 1) / (4 * n));
  }
  return n * d * d >= FAR || d >= 0.5 ? Math.min(1, 2 * oneSided(d, n)) : 1 - within(d, n);
}
