import type { Comparison } from '../analysis/compare.js';
import type { LabelledRun } from '../analysis/compareRuns.js';
import type { Demonstration } from '../analysis/demonstrate.js';
import type { Style } from './format.js';
import type { Report } from './report.js';

export type ComparisonFormat = 'table' | 'json' | 'markdown';

/** The formats of a comparison: the standard one, and those that files' endings stand for. */
export const comparisonFormats = {
  standard: 'table',
  endings: { '.txt': 'table', '.json': 'json', '.md': 'markdown' },
} as const;

export const comparisonFormatNames: readonly ComparisonFormat[] = ['table', 'json', 'markdown'];

/** What is to be told: a comparison of runs, or a demonstration. */
export type Told =
  | { readonly kind: 'comparison'; readonly comparison: Comparison; readonly runs: readonly LabelledRun[] }
  | { readonly kind: 'demonstration'; readonly demonstration: Demonstration };

async function reportOf(told: Told, precision: number | undefined): Promise<Report> {
  if (told.kind === 'comparison') {
    return (await import('./comparisonReport.js')).comparisonReport(told.comparison, told.runs, precision);
  }
  return (await import('./demonstrationReport.js')).demonstrationReport(told.demonstration, precision);
}

/** The text of what is to be told, by code that is loaded when it is asked for. */
export async function renderComparison(told: Told, format: ComparisonFormat, style: Style): Promise<string> {
  if (format === 'json') {
    const { comparisonJson, demonstrationJson } = await import('./comparisonJson.js');
    return told.kind === 'comparison'
      ? comparisonJson(told.comparison, told.runs)
      : demonstrationJson(told.demonstration);
  }
  const report = await reportOf(told, style.precision);
  if (format === 'markdown') return (await import('./markdownText.js')).renderMarkdown(report);
  return (await import('./terminal.js')).renderTerminal(report, style);
}
