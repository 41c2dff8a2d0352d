import type { Summary } from '../analysis/summarize.js';
import type { Repeat, RunPlan, RunRecord } from '../run/record.js';

/** How a report is to look. */
export interface Style {
  /** Significant digits; each format has its own default. */
  readonly precision?: number | undefined;
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether lines are to be drawn in ASCII. */
  readonly ascii: boolean;
}

/** A format whose text follows the repeats as they are done: header, then rows for some at a time, then footer. */
export interface StreamedFormat {
  readonly kind: 'streamed';
  header(plan: RunPlan): string;
  rows(repeats: readonly Repeat[], style: Pick<Style, 'precision'>, plan: RunPlan): string;
  footer(): string;
}

/** A format of the whole record. */
export interface WholeFormat {
  readonly kind: 'whole';
  render(record: RunRecord, summary: Summary, style: Style): string;
}

/** A format that the digest is enough for. */
export interface DigestFormat {
  readonly kind: 'digest';
  render(digest: string): string;
}

export type Format = StreamedFormat | WholeFormat | DigestFormat;
