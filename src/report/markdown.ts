import { notesOf } from '../analysis/notes.js';
import { figures } from './figures.js';
import type { WholeFormat } from './format.js';
import { heading } from './heading.js';
import { metricName } from './metric.js';
import { formatNumber } from './number.js';

const DIGITS = 8;

/** Text as it stands in a table's cell. */
function cell(text: string): string {
  return text.replace(/[\\|`*_<>[\]]/g, '\\$&').replace(/\s+/g, ' ');
}

/** Two tables: the summary, and every repeat. */
export const markdown: WholeFormat = {
  kind: 'whole',
  render({ plan, repeats, digest }, summary, { precision: digits = DIGITS }) {
    const lines = [
      `**${cell(heading(plan))}**`,
      '',
      '| figure | value |',
      '| --- | --- |',
      ...figures(summary, digits).map(([name, value]) => `| ${name} | ${value} |`),
      `| digest | \`${digest}\` |`,
      '',
      ...[...notesOf(plan), ...summary.warnings].flatMap((warning) => [`Note: ${warning}.`, '']),
      `| repeat | ${metricName(plan.experiment.score)} |`,
      '| ---: | --- |',
      ...repeats.map(({ index, score }) => {
        return `| ${index + 1} | ${formatNumber(score, digits)}${Number.isFinite(score) ? '' : ' (diverged)'} |`;
      }),
    ];
    return `${lines.join('\n')}\n`;
  },
};
