import type { Summary } from '../analysis/summarize.js';
import { formatNumber } from './number.js';

/** The figures of a summary with their names; a dash where there is none. */
export function figures(summary: Summary, digits: number): [name: string, value: string][] {
  const text = (value: number | null) => (value === null ? '–' : formatNumber(value, digits));
  return [
    ['mean', text(summary.mean)],
    ['standard deviation (sample)', text(summary.standardDeviation)],
    ['standard error', text(summary.standardError)],
    ['median', text(summary.median)],
    ['lower quartile', text(summary.lowerQuartile)],
    ['upper quartile', text(summary.upperQuartile)],
    ['min', text(summary.min)],
    ['max', text(summary.max)],
  ];
}
