import { formatNumber } from './number.js';

/** Digits of an end: what is behind them, resampling does not settle. */
const DIGITS = 3;

/**
 * An interval as `[low, high]`, each end with three significant digits, or with so many more as it takes to show the interval's
 * width with three.
 *
 * @param most significant digits at most
 */
export function intervalText({ low, high }: { readonly low: number; readonly high: number }, most: number): string {
  const shared = Math.log10(Math.max(Math.abs(low), Math.abs(high)) / (high - low));
  const digits = Math.min(most, DIGITS + Math.max(0, Math.floor(shared)));
  return `[${formatNumber(low, digits)}, ${formatNumber(high, digits)}]`;
}
