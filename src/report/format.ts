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

/** The text of a run whose repeats come some at a time, in their order. */
export interface RepeatStream {
  /** What stands before all repeats. */
  readonly header: string;
  /** The text of some repeats; it may wait for others. */
  rows(repeats: readonly Repeat[]): string;
  /** What has waited, when there are no more. */
  end(): string;
}

/** A format whose text follows the repeats as they are done. */
export interface StreamedFormat {
  readonly kind: 'streamed';
  open(plan: RunPlan, style: Pick<Style, 'precision'>): RepeatStream;
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
