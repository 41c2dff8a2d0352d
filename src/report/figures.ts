import type { Summary } from '../analysis/summarize.js';
import type { Interval } from '../stats/interval.js';
import { intervalText } from './interval.js';
import { formatNumber } from './number.js';
import type { FigureRow } from './report.js';

/** Digits of what tells an order of magnitude. */
const FEW = 3;

/** The figures of a summary with their names, and intervals beside them; a dash where there is none. */
export function figures(summary: Summary, digits: number): FigureRow[] {
  const text = (value: number | null) => (value === null ? '–' : formatNumber(value, digits));
  const row = (name: string, value: number | null, interval: Interval | null = null): FigureRow =>
    interval && interval.low < interval.high
      ? [name, text(value), intervalText(interval, digits)]
      : [name, text(value)];
  const { intervals } = summary;
  const rows = [
    row('mean', summary.mean, intervals.mean),
    row('standard deviation (sample)', summary.standardDeviation),
    row('standard error', summary.standardError),
    row('median', summary.median, intervals.median),
    row('lower quartile', summary.lowerQuartile),
    row('upper quartile', summary.upperQuartile),
    row('interquartile mean', summary.interquartileMean, intervals.interquartileMean),
    row('min', summary.min),
    row('max', summary.max),
  ];
  return [...rows, ...spanRow(summary, digits), ...bracketsRow(rows, intervals.mean), ...repeatsRow(summary)];
}

function spanRow({ decades }: Summary, digits: number): FigureRow[] {
  return decades ? [['decades', formatNumber(decades, Math.min(digits, FEW))]] : [];
}

function bracketsRow(rows: readonly FigureRow[], interval: Interval | null): FigureRow[] {
  const some = rows.some(([, , beside]) => beside !== undefined);
  return interval && some ? [['in brackets', `${formatNumber(100 * interval.level, FEW)}% intervals`]] : [];
}

function repeatsRow({ repeatsNeeded: { within25, within10 } }: Summary): FigureRow[] {
  return within25 === null ? [] : [['repeats for ±25% / ±10%', `${within25} / ${within10 ?? '–'}`]];
}
