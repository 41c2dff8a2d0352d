import { sharedKernel } from './kernel.js';

/** eˣ in float64, the same bits on every engine, as all of these. */
export function exp(x: number): number {
  return sharedKernel().exports.exp(x);
}

/** Natural logarithm of 1 + x in float64, without the loss near x = 0. */
export function log1p(x: number): number {
  return sharedKernel().exports.log1p(x);
}

/** Decimal logarithm in float64. */
export function log10(x: number): number {
  return sharedKernel().exports.log10(x);
}

/** Natural logarithm in float64. */
export function log(x: number): number {
  return sharedKernel().exports.log(x);
}

/** Sine in float64, of radians. */
export function sin(x: number): number {
  return sharedKernel().exports.sin(x);
}

/** Cosine in float64, of radians. */
export function cos(x: number): number {
  return sharedKernel().exports.cos(x);
}

/** Natural logarithm in float32. */
export function logf(x: number): number {
  return sharedKernel().exports.logf(x);
}

/** Sine in float32, of radians. */
export function sinf(x: number): number {
  return sharedKernel().exports.sinf(x);
}

/** Cosine in float32, of radians. */
export function cosf(x: number): number {
  return sharedKernel().exports.cosf(x);
}
