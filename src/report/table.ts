import type { WholeFormat } from './format.js';
import { runReport } from './runReport.js';
import { renderTerminal } from './terminal.js';

/** The repeats, then the figures, which a terminal shows last, and a histogram. */
export const table: WholeFormat = {
  kind: 'whole',
  render(record, summary, style) {
    const { scores, figures, bars, ...rest } = runReport(record, summary, style.precision);
    return renderTerminal({ ...rest, blocks: [scores, figures, ...bars] }, style);
  },
};
