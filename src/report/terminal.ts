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

/** Text in lines of at most `width` columns, where a longer word is cut. */
function cut(text: string, width: number): string {
  if (text.length <= width) return text;
  const pieces = (line: string) => line.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [line];
  return wrapped(text, width).flatMap(pieces).join('\n');
}

/** What a cell says, and its remark, in their tones; an aside is the remark alone. */
function cellText(cell: Cell, between: string, width: number, chalk: Colours): string {
  if (typeof cell === 'string') return cut(cell, width);
  const { remark, tone } = cell;
  const text = cut(cell.text, width);
  if (remark === '') return toned(text, tone, chalk);
  if (tone === 'aside') return text + between + toned(remark, tone, chalk);
  return toned(text + between + remark, tone, chalk);
}

/** What stands beside the text in a cell, and around it: a line and two spaces. */
const BESIDE_CELL = 3;
/** Columns that the cells of a table are at least given. */
const LEAST_CELL = 8;

/** Columns that the cells of each column need, with remarks beside their text or below it. */
function cellWidths({ head, rows }: TableBlock, between: ' ' | '\n'): number[] {
  const widthOf = (cell: Cell) => {
    if (typeof cell === 'string') return cell.length;
    const { text, remark } = cell;
    return between === '\n' ? Math.max(text.length, remark.length) : `${text} ${remark}`.trimEnd().length;
  };
  return head.map((title, column) =>
    rows.reduce((most, row) => Math.max(most, widthOf(row[column] ?? '')), title.length),
  );
}

/** Columns of a table with such cells. */
function tableWidth(cells: readonly number[]): number {
  return cells.reduce((sum, cell) => sum + cell + BESIDE_CELL, 1);
}

/** Cells narrowed until the table fits, the widest first. */
function narrowed(cells: readonly number[], width: number): number[] {
  const narrow = [...cells];
  for (let over = tableWidth(cells) - width; over > 0; over--) {
    const widest = Math.max(...narrow);
    if (widest <= LEAST_CELL) break;
    narrow[narrow.indexOf(widest)] = widest - 1;
  }
  return narrow;
}

/** On a terminal too narrow for it, remarks stand below their text and, if that is not enough, the widest cells are wrapped. */
function tableLines(block: TableBlock, style: Style, chalk: Colours): string[] {
  const { head, align, rows, omission } = block;
  const between = tableWidth(cellWidths(block, ' ')) <= style.width ? ' ' : '\n';
  const widths = narrowed(cellWidths(block, between), style.width);
  const table = new Table({
    head: head.map((title, column) => chalk.bold(cut(title, widths[column] as number))),
    colAligns: [...align],
    style: { head: [], border: [], compact: true },
    ...(style.ascii ? { chars: ASCII_CHARS } : {}),
  });
  table.push(...rows.map((row) => row.map((cell, column) => cellText(cell, between, widths[column] as number, chalk))));
  const left = omission === undefined ? [] : wrapped(omission, style.width);
  return [table.toString(), ...left.map((line) => chalk.dim(line))];
}

/** Columns that a value is at least given before it is wrapped. */
const LEAST_VALUE = 20;

/** A line each, or several for a long name or value; on a narrow terminal names are shorter, and what would stand beside a value stands
 * below it. */
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
  const column = Math.min(columnOf(names), Math.max(width - LEAST_VALUE, LEAST_VALUE));
  return texts.flatMap(({ values }, i) => {
    const beside = values.join(' ');
    const parts = column + beside.length <= width ? [beside] : values;
    const left = wrapped(names[i] as string, column - 2);
    const right = parts.flatMap((part) => wrapped(part, Math.max(LEAST_VALUE, width - column)));
    return Array.from({ length: Math.max(left.length, right.length) }, (_, line) =>
      `${chalk.dim((left[line] ?? '').padEnd(column))}${right[line] ?? ''}`.trimEnd(),
    );
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
