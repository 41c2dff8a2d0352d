import { exp, log, log1p } from '../kernel/elementary.js';
import { incompleteBeta } from './beta.js';
import { normalCdf, normalQuantile } from './normal.js';
import { betaPower } from './saddlePoint.js';

/** The share of t² in df + t², and the share of df, without leaving float64's range. */
function shares(t: number, df: number): [ofSquare: number, ofDf: number] {
  const ratio = (t / df) * t;
  return ratio < 1 ? [ratio / (1 + ratio), 1 / (1 + ratio)] : [1 / (1 + 1 / ratio), 1 / ratio / (1 + 1 / ratio)];
}

/** P(T > t) for t ≥ 0. */
function tail(t: number, df: number): number {
  const [ofSquare, ofDf] = shares(t, df);
  return incompleteBeta(df / 2, 0.5, ofDf, ofSquare) / 2;
}

/** P(0 < T < t) for t ≥ 0. */
function central(t: number, df: number): number {
  const [ofSquare, ofDf] = shares(t, df);
  return incompleteBeta(0.5, df / 2, ofSquare, ofDf) / 2;
}

/** Degrees of freedom beyond which the incomplete beta function loses digits. */
const MANY = 10_000;

/** A squared z beyond which float64 has nothing left of the tail. */
const NOTHING = 2000;

/** The z ≥ 0 of a standard normal distribution with the tail that t ≥ 0 has (algorithm 395, G. Hill 1970), exact beyond MANY. */
function asNormal(t: number, df: number): number {
  const a = df - 0.5;
  const b = 48 * a * a;
  const y = a * log1p((t / df) * t);
  if (y > NOTHING) return Infinity;
  const correction = (((-0.4 * y - 3.3) * y - 24) * y - 85.5) / (0.8 * y * y + 100 + b);
  return Math.sqrt(y) * (1 + (correction + y + 3) / b);
}

/** Density at t > 0, times t. */
function densityTimesT(t: number, df: number): number {
  const [ofSquare, ofDf] = shares(t, df);
  return betaPower(df / 2, 0.5, ofDf, ofSquare);
}

/**
 * Cumulative distribution function of Student's t distribution, P(T ≤ t); the lower tail keeps its relative precision.
 *
 * @param df degrees of freedom, any number above 0
 */
export function studentTCdf(t: number, df: number): number {
  if (df > MANY) return normalCdf(t < 0 ? -asNormal(-t, df) : asNormal(t, df));
  if (t < 0) return tail(-t, df);
  return 0.5 + central(t, df);
}

/** Improves a t > 0 until it moves by less than a part of 1e-11, when its error is far less than that. */
function settle(start: number, improved: (t: number) => number): number {
  let t = start;
  for (;;) {
    const next = improved(t);
    if (!(Math.abs(next - t) > 1e-11 * t)) return next;
    t = next;
  }
}

/**
 * Quantile of Student's t distribution, the t of which P(T ≤ t) = p; ∓Infinity at 0 and 1, and where it is beyond 1e150.
 * Newton's method, on the probability near the centre and on its logarithm over that of t in the tails: both are concave, so
 * that it converges from anywhere.
 *
 * @param p 0 … 1
 * @param df degrees of freedom, any number above 0
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : Number.NaN;
  if (p > 0.5) return -studentTQuantile(1 - p, df);
  if (p === 0.5) return 0;
  if (df > MANY) {
    const z = -normalQuantile(p);
    return -settle(z, (t) => t * (z / asNormal(t, df)));
  }
  if (p > 0.25) {
    const wanted = 0.5 - p;
    return -settle(-normalQuantile(p), (t) => t * (1 + (wanted - central(t, df)) / densityTimesT(t, df)));
  }
  return -settle(-normalQuantile(p), (t) => {
    const reached = tail(t, df);
    if (reached === 0) return Infinity;
    return t * exp((log(reached / p) * reached) / densityTimesT(t, df));
  });
}
