import { Chalk } from 'chalk';
import Table from 'cli-table3';
import type { Style } from './format.js';
import type { BarsBlock, Block, Cell, FiguresBlock, Report, TableBlock, Tone } from './report.js';

/** Narrower terminals get no bars. */
const BARS_WIDTH = 80;
/** Columns of the longest bar, and what stands beside it. */
const LONGEST_BAR = 48;
const BESIDE_BAR = 24;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

const ASCII_CHARS = {
  ...{ top: '-', 'top-mid': '+', 'top-left': '+', 'top-right': '+', bottom: '-', 'bottom-mid': '+' },
  ...{ 'bottom-left': '+', 'bottom-right': '+', left: '|', 'left-mid': '+', mid: '-', 'mid-mid': '+' },
  ...{ right: '|', 'right-mid': '+', middle: '|' },
};

type Colours = InstanceType<typeof Chalk>;

function inAscii(text: string): string {
  return text.replace(/[·–]/g, '-').replaceAll('…', '...').replaceAll('±', '+-');
}

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

function toned(text: string, tone: Tone | undefined, chalk: Colours): string {
  switch (tone) {
    case 'good':
      return chalk.green(text);
    case 'bad':
      return chalk.red(text);
    case 'aside':
      return chalk.dim(text);
    default:
      return text;
  }
}

/** What a cell says, and its remark, in their tones; an aside is the remark alone. */
function cellText(cell: Cell, between: string, chalk: Colours): string {
  if (typeof cell === 'string') return cell;
  const { text, remark, tone } = cell;
  if (remark === '') return toned(text, tone, chalk);
  if (tone === 'aside') return text + between + toned(remark, tone, chalk);
  return toned(text + between + remark, tone, chalk);
}

/** Columns of the table with every remark beside its text. */
function tableWidth({ head, rows }: TableBlock): number {
  const longest = (column: number, title: string) =>
    rows.reduce((most, row) => {
      const cell = row[column] ?? '';
      const length = typeof cell === 'string' ? cell.length : `${cell.text} ${cell.remark}`.trimEnd().length;
      return Math.max(most, length);
    }, title.length);
  return head.reduce((sum, title, column) => sum + longest(column, title) + 3, 1);
}

/** On a terminal too narrow for it, a remark stands below its text. */
function tableLines(block: TableBlock, style: Style, chalk: Colours): string[] {
  const { head, align, rows, omission } = block;
  const between = tableWidth(block) <= style.width ? ' ' : '\n';
  const table = new Table({
    head: head.map((title) => chalk.bold(title)),
    colAligns: [...align],
    style: { head: [], border: [], compact: true },
    ...(style.ascii ? { chars: ASCII_CHARS } : {}),
  });
  table.push(...rows.map((row) => row.map((cell) => cellText(cell, between, chalk))));
  const left = omission === undefined ? [] : wrapped(omission, style.width);
  return [table.toString(), ...left.map((line) => chalk.dim(line))];
}

/** Columns that a value is at least given before it is wrapped. */
const LEAST_VALUE = 20;

/** A line each, or several for a long value; on a narrow terminal names are shorter, and what would stand beside a value stands below it. */
function figureLines({ rows, short = [] }: FiguresBlock, { width, ascii }: Style, chalk: Colours): string[] {
  const shown = (text: string) => (ascii ? inAscii(text) : text);
  const texts = rows.map(([name, value, beside]) => ({
    name: shown(name),
    values: [shown(value), ...(beside === undefined ? [] : [shown(beside)])],
  }));
  const longest = (parts: readonly string[]) => Math.max(...parts.map((part) => part.length));
  const columnOf = (names: readonly string[]) => longest(names) + 2;
  const long = texts.map(({ name }) => name);
  const wide = columnOf(long) + longest(texts.map(({ values }) => values.join(' '))) <= width;
  const shortened = long.map((name) => short.reduce((text, [from, to]) => text.replace(from, to), name));
  const names = wide ? long : shortened;
  const column = columnOf(names);
  return texts.flatMap(({ values }, i) => {
    const beside = values.join(' ');
    const parts = column + beside.length <= width ? [beside] : values;
    const [first = '', ...rest] = parts.flatMap((part) => wrapped(part, Math.max(LEAST_VALUE, width - column)));
    const name = chalk.dim((names[i] as string).padEnd(column));
    return [`${name}${first}`, ...rest.map((line) => ' '.repeat(column) + line)];
  });
}

/** A count above 0 is never drawn as nothing. */
function bar(length: number, ascii: boolean): string {
  if (ascii) return '#'.repeat(Math.ceil(length));
  const eighths = length > 0 ? Math.max(1, Math.round(length * 8)) : 0;
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}

function barLines({ caption, bars }: BarsBlock, { width, ascii }: Style, chalk: Colours): string[] {
  if (width < BARS_WIDTH) return [];
  const columns = Math.min(LONGEST_BAR, width - BESIDE_BAR);
  const most = Math.max(...bars.map(([, count]) => count));
  const longest = Math.max(...bars.map(([label]) => label.length));
  const lines = bars.map(([label, count]) => {
    const start = label.padStart(longest);
    return count === 0 ? `${start} 0` : `${start} ${bar((count / most) * columns, ascii)} ${count}`;
  });
  return ['', chalk.dim(caption), ...lines];
}

function blockLines(block: Block, style: Style, chalk: Colours): string[] {
  switch (block.kind) {
    case 'table':
      return tableLines(block, style, chalk);
    case 'figures':
      return figureLines(block, style, chalk);
    case 'bars':
      return barLines(block, style, chalk);
    case 'text':
      return wrapped(block.text, style.width).map((line) => toned(line, block.tone, chalk));
  }
}

/** A report as a terminal shows it: wrapped to its width, in colours if wanted, bars where there is room. */
export function renderTerminal({ title, blocks, footnotes }: Report, style: Style): string {
  const chalk = new Chalk({ level: style.color ? 1 : 0 });
  const notes = footnotes.flatMap((note) => wrapped(`note: ${note}`, style.width));
  const lines = [
    ...wrapped(title, style.width).map((line) => chalk.bold(line)),
    ...blocks.flatMap((block) => blockLines(block, style, chalk)),
    ...(notes.length > 0 ? ['', ...notes.map((line) => chalk.yellow(line))] : []),
  ];
  const text = `${lines.join('\n')}\n`;
  return style.ascii ? inAscii(text) : text;
}
