import { sharedKernel } from './kernel.js';

/** Natural logarithm in float64, the same bits on every engine. */
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
