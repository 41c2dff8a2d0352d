import { Chalk } from 'chalk';
import Table from 'cli-table3';
import type { Repeat } from '../run/record.js';
import { figures } from './figures.js';
import type { Style, WholeFormat } from './format.js';
import { heading } from './heading.js';
import { histogram } from './histogram.js';
import { formatNumber } from './number.js';

const DIGITS = 8;
/** More repeats than these are not all shown, but so many from either end. */
const MOST_ROWS = 1000;
const END_ROWS = 10;
/** Narrower terminals get no histogram. */
const HISTOGRAM_WIDTH = 80;

const ASCII_CHARS = {
  ...{ top: '-', 'top-mid': '+', 'top-left': '+', 'top-right': '+', bottom: '-', 'bottom-mid': '+' },
  ...{ 'bottom-left': '+', 'bottom-right': '+', left: '|', 'left-mid': '+', mid: '-', 'mid-mid': '+' },
  ...{ right: '|', 'right-mid': '+', middle: '|' },
};

type Colours = InstanceType<typeof Chalk>;

/** Every repeat, or the first and last of very many. */
function scoreTable(repeats: readonly Repeat[], digits: number, style: Style, chalk: Colours): string {
  const table = new Table({
    head: ['repeat', 'MSE'].map((title) => chalk.bold(title)),
    colAligns: ['right', 'left'],
    style: { head: [], border: [], compact: true },
    ...(style.ascii ? { chars: ASCII_CHARS } : {}),
  });
  const row = ({ index, score }: Repeat): [string, string] => {
    const text = formatNumber(score, digits);
    return [String(index + 1), Number.isFinite(score) ? text : chalk.red(`${text} diverged`)];
  };
  if (repeats.length <= MOST_ROWS) table.push(...repeats.map(row));
  else {
    table.push(...repeats.slice(0, END_ROWS).map(row));
    table.push(['…', chalk.dim(`${repeats.length - 2 * END_ROWS} more: --format csv lists all`)]);
    table.push(...repeats.slice(-END_ROWS).map(row));
  }
  return table.toString();
}

/** Every repeat's score, the summary, the digest, and a histogram where there is room. */
export const table: WholeFormat = {
  kind: 'whole',
  render({ plan, repeats, digest }, summary, style) {
    const chalk = new Chalk({ level: style.color ? 1 : 0 });
    const digits = style.precision ?? DIGITS;
    const names = [...figures(summary, digits), ['digest', digest] as const];
    const longest = Math.max(...names.map(([name]) => name.length));
    const lines = [
      chalk.bold(heading(plan)),
      scoreTable(repeats, digits, style, chalk),
      ...names.map(([name, value]) => `${chalk.dim(name.padEnd(longest))}  ${value}`),
      ...summary.warnings.map((warning) => chalk.yellow(`note: ${warning}`)),
    ];
    if (style.width >= HISTOGRAM_WIDTH) {
      const bars = histogram(
        repeats.map(({ score }) => score),
        Math.min(48, style.width - 24),
        style.ascii,
      );
      if (bars.length > 0) lines.push('', chalk.dim('scores, logarithmic'), ...bars);
    }
    return `${lines.join('\n')}\n`;
  },
};
