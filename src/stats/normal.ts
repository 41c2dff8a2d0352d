import { exp, log } from '../kernel/elementary.js';

const INVERSE_SQRT_2_PI = 0.3989422804014327; // 1 / √(2π)

/** Beyond this distance from 0 a tail is summed as a continued fraction, nearer the centre as a series. */
const TAIL = 1.5;

/** Terms of the continued fraction that suffice from TAIL on. */
const TERMS = 200;

/** Density of the standard normal distribution, e^(−z²/2) / √(2π). */
function normalDensity(z: number): number {
  // The square of the leading bits is exact, so that rounding z² costs no digits far out (W. Cody 1969).
  const head = Math.round(z * 16) / 16;
  const rest = (z - head) * (z + head);
  return INVERSE_SQRT_2_PI * exp(-0.5 * head * head) * exp(-0.5 * rest);
}

/** P(0 < Z < z) for 0 ≤ z ≤ TAIL: φ(z) (z + z³/3 + z⁵/(3·5) + …) (G. Marsaglia 2004). */
function central(z: number): number {
  let term = z;
  let sum = z;
  for (let j = 3; ; j += 2) {
    term *= (z * z) / j;
    const next = sum + term;
    if (next === sum) return normalDensity(z) * sum;
    sum = next;
  }
}

/** P(Z > z) for z ≥ TAIL: φ(z) / (z + 1/(z + 2/(z + 3/(z + …)))) (P. S. Laplace; M. Abramowitz & I. Stegun 1964, 26.2.14). */
function tail(z: number): number {
  // Nothing is left to represent, and the square of what is larger still might leave float64's range.
  if (z > 40) return 0;
  let fraction = z;
  for (let k = TERMS; k > 0; k -= 1) fraction = z + k / fraction;
  return normalDensity(z) / fraction;
}

/** Survival function of the standard normal distribution, P(Z > z), to 1e-14 of its value far into the tail. */
export function normalSurvival(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  if (z < 0) return normalCdf(-z);
  return z >= TAIL ? tail(z) : 0.5 - central(z);
}

/** Cumulative distribution function of the standard normal distribution, P(Z ≤ z), to 1e-14 of its value far into the tail. */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  if (z < 0) return normalSurvival(-z);
  return z >= TAIL ? 1 - tail(z) : 0.5 + central(z);
}

type Coefficients = readonly [number, number, number, number, number, number, number, number];

// Numerators and denominators of the three rational functions of algorithm AS 241, PPND16 (M. Wichura 1988), constants first.
const A: Coefficients = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const B: Coefficients = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852854,
];
const C: Coefficients = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const D: Coefficients = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const E: Coefficients = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const F: Coefficients = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
];

function rational(numerator: Coefficients, denominator: Coefficients, x: number): number {
  const polynomial = (coefficients: Coefficients) =>
    coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
  return polynomial(numerator) / polynomial(denominator);
}

/**
 * Quantile of the standard normal distribution, the z of which P(Z ≤ z) = p, to 1e-15 of its value; ∓Infinity at 0 and 1
 * (algorithm AS 241, M. Wichura 1988).
 *
 * @param p 0 … 1
 */
export function normalQuantile(p: number): number {
  if (p <= 0 || p >= 1) return p === 0 ? -Infinity : p === 1 ? Infinity : Number.NaN;
  const fromHalf = p - 0.5;
  if (Math.abs(fromHalf) <= 0.425) return fromHalf * rational(A, B, 0.180625 - fromHalf * fromHalf);
  const r = Math.sqrt(-log(fromHalf < 0 ? p : 1 - p));
  const z = r <= 5 ? rational(C, D, r - 1.6) : rational(E, F, r - 5);
  return fromHalf < 0 ? -z : z;
}
