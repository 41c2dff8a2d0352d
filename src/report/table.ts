import { Chalk } from 'chalk';
import Table from 'cli-table3';
import { notesOf } from '../analysis/notes.js';
import type { Repeat } from '../run/record.js';
import { figures } from './figures.js';
import type { Style, WholeFormat } from './format.js';
import { heading } from './heading.js';
import { histogram } from './histogram.js';
import { metricName } from './metric.js';
import { formatNumber } from './number.js';

const DIGITS = 8;
/** More repeats than these are not all shown, but so many from either end. */
const MOST_ROWS = 1000;
const END_ROWS = 10;
/** Narrower terminals get no histogram. */
const HISTOGRAM_WIDTH = 80;
/** Columns of the longest bar, and what stands beside it. */
const LONGEST_BAR = 48;
const BESIDE_BAR = 24;

const ASCII_CHARS = {
  ...{ top: '-', 'top-mid': '+', 'top-left': '+', 'top-right': '+', bottom: '-', 'bottom-mid': '+' },
  ...{ 'bottom-left': '+', 'bottom-right': '+', left: '|', 'left-mid': '+', mid: '-', 'mid-mid': '+' },
  ...{ right: '|', 'right-mid': '+', middle: '|' },
};

type Colours = InstanceType<typeof Chalk>;

/** Text in lines of at most `width` columns, broken between words, and before a dot that separates. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/(?<!·) /)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Every repeat, or the first and last of very many. */
function scoreTable(
  repeats: readonly Repeat[],
  metric: string,
  digits: number,
  style: Style,
  chalk: Colours,
): string[] {
  const table = new Table({
    head: ['repeat', metric].map((title) => chalk.bold(title)),
    colAligns: ['right', 'left'],
    style: { head: [], border: [], compact: true },
    ...(style.ascii ? { chars: ASCII_CHARS } : {}),
  });
  const row = ({ index, score }: Repeat): [string, string] => {
    const text = formatNumber(score, digits);
    return [String(index + 1), Number.isFinite(score) ? text : chalk.red(`${text} diverged`)];
  };
  if (repeats.length <= MOST_ROWS) {
    table.push(...repeats.map(row));
    return [table.toString()];
  }
  const gap = style.ascii ? '...' : '…';
  table.push(...repeats.slice(0, END_ROWS).map(row), [gap, gap], ...repeats.slice(-END_ROWS).map(row));
  const left = `${repeats.length - 2 * END_ROWS} repeats are left out; --format csv lists all`;
  return [table.toString(), ...wrapped(left, style.width).map((line) => chalk.dim(line))];
}

/** The figures and the digest, a line each, with shorter names on a narrow terminal. */
function figureLines(rows: readonly (readonly [string, string])[], width: number, chalk: Colours): string[] {
  const longest = (names: readonly (readonly [string, string])[], part: 0 | 1) =>
    Math.max(...names.map((row) => row[part].length));
  const wide = longest(rows, 0) + 2 + longest(rows, 1) <= width;
  const fitting = wide ? rows : rows.map(([name, value]) => [name.replace('standard deviation', 'SD'), value] as const);
  const column = longest(fitting, 0);
  return fitting.map(([name, value]) => `${chalk.dim(name.padEnd(column))}  ${value}`);
}

function histogramLines(repeats: readonly Repeat[], metric: string, { width, ascii }: Style, chalk: Colours): string[] {
  if (width < HISTOGRAM_WIDTH) return [];
  const scores = repeats.map(({ score }) => score);
  const bars = histogram(scores, Math.min(LONGEST_BAR, width - BESIDE_BAR), ascii);
  if (bars.length === 0) return [];
  const missing = scores.filter((score) => !(Number.isFinite(score) && score > 0)).length;
  const note = missing === 0 ? '' : `; ${missing} that diverged or are not positive left out`;
  return ['', chalk.dim(`repeats by ${metric}, from each bar's lower edge, logarithmic axis${note}`), ...bars];
}

/** Every repeat's score, the figures, the digest, a histogram where there is room, and doubts as footnotes. */
export const table: WholeFormat = {
  kind: 'whole',
  render({ plan, repeats, digest }, summary, style) {
    const chalk = new Chalk({ level: style.color ? 1 : 0 });
    const digits = style.precision ?? DIGITS;
    const metric = metricName(plan.experiment.score);
    const footnotes = [...notesOf(plan), ...summary.warnings].flatMap((warning) =>
      wrapped(`note: ${warning}`, style.width),
    );
    const lines = [
      ...wrapped(heading(plan), style.width).map((line) => chalk.bold(line)),
      ...scoreTable(repeats, metric, digits, style, chalk),
      ...figureLines([...figures(summary, digits), ['digest', digest]], style.width, chalk),
      ...histogramLines(repeats, metric, style, chalk),
      ...(footnotes.length > 0 ? ['', ...footnotes.map((line) => chalk.yellow(line))] : []),
    ];
    const text = `${lines.join('\n')}\n`;
    return style.ascii ? text.replace(/[·–]/g, '-') : text;
  },
};
