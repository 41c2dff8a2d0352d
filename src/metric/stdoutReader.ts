import type { LineBlock, LineSink } from './lineBlocks.js';
import type { Reading } from './metricSource.js';

/** Takes a reading from lines as they come. */
export interface StdoutReader extends LineSink {
  block(block: LineBlock): void;
  /** @param lines of stdout, at its end; at least one */
  reading(lines: number): Reading;
}

export function skippedClause(count: number): string {
  if (count === 0) return '';
  return count === 1 ? '; 1 line was too long and skipped' : `; ${count} lines were too long and skipped`;
}
