import type { WholeFormat } from './format.js';
import { renderMarkdown } from './markdownText.js';
import { runReport } from './runReport.js';

/** The figures, then the repeats. */
export const markdown: WholeFormat = {
  kind: 'whole',
  render(record, summary, { precision }) {
    const { scores, figures, ...rest } = runReport(record, summary, precision);
    return renderMarkdown({ ...rest, blocks: [figures, scores] });
  },
};
