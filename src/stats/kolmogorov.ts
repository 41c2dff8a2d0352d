import { exp, log } from '../kernel/elementary.js';

/** Up to so many values the distribution is computed wherever it is asked for. */
const MOST_EXACT = 500;

/** From this n d² on, twice the one-sided chance is the two-sided one, to a part of 1e-13; and to a part of 1e-8. */
const FAR = 5;
const RATHER_FAR = 3;

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

/** Below this √n d nothing is left of P(D < d). */
const NEAR = 0.1;

/** Terms after which the sums of the expansion add nothing, up to √n d = √RATHER_FAR. */
const TERMS = 10;

/**
 * P(D < z / √n) by the limit of A. Kolmogorov (1933) and its next three terms in 1/√n (W. Pelz & I. Good 1976, as R. Simard &
 * P. L'Ecuyer 2011 give them).
 */
function expansion(z: number, n: number): number {
  const [z2, z4, z6] = [z * z, z * z * z * z, z * z * z * z * z * z];
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  for (let k = 1; k <= TERMS; k++) {
    // Of odd multiples of π/2, and of multiples of π.
    const [a, b] = [((2 * k - 1) * (2 * k - 1) * PI_SQUARED) / 4, k * k * PI_SQUARED];
    const [odd, even] = [exp(-a / (2 * z2)), exp(-b / (2 * z2))];
    sums[0] += odd;
    sums[1] += (a - z2) * odd;
    sums[2] += (6 * z6 + 2 * z4 + a * (2 * z4 - 5 * z2 + a * (1 - 2 * z2))) * odd - 2 * z4 * b * even;
    const third = a * (135 * z4 - 96 * z6 + a * (212 * z4 - 60 * z2 + a * (5 - 30 * z2))) - 30 * z6 - 90 * z4 * z4;
    sums[3] += third * odd + 30 * z4 * b * (3 * z2 - b) * even;
  }
  const root = Math.sqrt(n);
  const terms =
    sums[0] + sums[1] / (6 * z2 * z * root) + sums[2] / (72 * z6 * n) + sums[3] / (6480 * z6 * z2 * z * n * root);
  return (SQRT_2_PI / z) * terms;
}

/**
 * Survival function of Kolmogorov's distance of n values from their distribution, P(D ≥ d). Exact up to 500 values; of more, where
 * n d² is at least 3, to a part of 1e-8, and else by the limit and its next terms, with an error near n^(−2) / 100.
 *
 * @param d 0 … 1
 * @param n a positive integer
 */
export function kolmogorovSurvival(d: number, n: number): number {
  if (Number.isNaN(d)) return d;
  if (2 * n * d <= 1) return 1;
  if (d >= 1) return 0;
  const exact = n <= MOST_EXACT;
  if (n * d * d >= (exact ? FAR : RATHER_FAR) || d >= 0.5) return Math.min(1, 2 * oneSided(d, n));
  if (exact) return 1 - within(d, n);
  const z = d * Math.sqrt(n);
  return z < NEAR ? 1 : 1 - expansion(z, n);
}
