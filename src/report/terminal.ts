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

function cellText(cell: Cell, chalk: Colours): string {
  if (typeof cell === 'string') return cell;
  return toned(cell.remark === '' ? cell.text : `${cell.text} ${cell.remark}`, cell.tone, chalk);
}

function tableLines({ head, align, rows, omission }: TableBlock, style: Style, chalk: Colours): string[] {
  const table = new Table({
    head: head.map((title) => chalk.bold(title)),
    colAligns: [...align],
    style: { head: [], border: [], compact: true },
    ...(style.ascii ? { chars: ASCII_CHARS } : {}),
  });
  table.push(...rows.map((row) => row.map((cell) => cellText(cell, chalk))));
  const left = omission === undefined ? [] : wrapped(omission, style.width);
  return [table.toString(), ...left.map((line) => chalk.dim(line))];
}

/** Columns that a value is at least given before it is wrapped. */
const LEAST_VALUE = 20;

/** A line each or, where a value is long, several, with shorter names on a narrow terminal. */
function figureLines({ rows, short = [] }: FiguresBlock, width: number, chalk: Colours): string[] {
  const longest = (part: 0 | 1) => Math.max(...rows.map((row) => row[part].length));
  const wide = short.length === 0 || longest(0) + 2 + longest(1) <= width;
  const shortened = (name: string) => short.reduce((text, [from, to]) => text.replace(from, to), name);
  const names = rows.map(([name]) => (wide ? name : shortened(name)));
  const column = Math.max(...names.map((name) => name.length));
  return rows.flatMap(([, value], i) =>
    wrapped(value, Math.max(LEAST_VALUE, width - column - 2)).map((line, part) => {
      const name = part === 0 ? (names[i] as string) : '';
      return `${chalk.dim(name.padEnd(column))}  ${line}`;
    }),
  );
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
      return figureLines(block, style.width, chalk);
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
  return style.ascii ? text.replace(/[·–]/g, '-').replaceAll('…', '...').replaceAll('±', '+-') : text;
}
