import type { RunPlan, RunStatus } from '../run/record.js';
import { printable } from '../text/printable.js';
import type { Style } from './format.js';
import { formatNumber } from './number.js';
import type { Cell, Report } from './report.js';

/** How a run stands: as it ended, `killed` where it did not end, `running`, or `damaged` where not all that it had is left. */
export type RunState = RunStatus | 'running' | 'killed' | 'damaged';

/** A run that is kept, as far as its journal can be read. */
export interface ListedRun {
  readonly id: string;
  /** When it began; `null` where its id is no time. */
  readonly started: Date | null;
  /** `null` where its header is lost. */
  readonly plan: RunPlan | null;
  /** Repeats that are there. */
  readonly done: number;
  /** Repeats that it is to have. */
  readonly expected: number | null;
  readonly state: RunState;
  /** Of the finite scores; `null` where there is none. */
  readonly median: number | null;
  /** Of a run that is whole. */
  readonly digest: string | null;
  /** What is wrong with its journal, a place each. */
  readonly damage: readonly string[];
}

/** The last runs of a store, the newest last. */
export interface RunList {
  readonly runs: readonly ListedRun[];
  /** How many older ones there are. */
  readonly omitted: number;
}

const DIGITS = 5;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Hours are told up to two days. */
const UNITS = [
  ['d', DAY, 2 * DAY],
  ['h', HOUR, HOUR],
  ['min', MINUTE, MINUTE],
] as const;

/** A time in one unit: `40 s`, `5 min`, `30 h`, `12 d`. */
function ageText(seconds: number): string {
  for (const [unit, size, from] of UNITS) if (seconds >= from) return `${Math.floor(seconds / size)} ${unit}`;
  return `${Math.max(0, Math.floor(seconds))} s`;
}

/** The seeds that a run has spent, and whether they were drawn. */
function seedCell({ seed, free }: RunPlan): Cell {
  const { root, tensorflow, sources = {} } = seed;
  const seeds = [...new Set([root, ...(tensorflow === undefined ? [] : [tensorflow]), ...Object.values(sources)])];
  const text = printable(seeds.join('/'));
  return free.length === 0 ? text : { text, remark: 'drawn', tone: 'aside' };
}

function stateCell(state: RunState): Cell {
  if (state === 'finished') return state;
  return { text: state, remark: '', tone: state === 'running' ? 'good' : 'bad' };
}

function lengthOf(cell: Cell): number {
  return typeof cell === 'string' ? cell.length : `${cell.text} ${cell.remark}`.trimEnd().length;
}

interface Column {
  readonly head: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly Cell[];
}

/** Columns of a terminal that a column of a table takes, with the line and the spaces beside it. */
function widthOf({ head, cells }: Column): number {
  return cells.reduce((most, cell) => Math.max(most, lengthOf(cell)), head.length) + 3;
}

function cutTo(length: number, mark: string): (text: string) => string {
  return (text) => (text.length <= length ? text : text.slice(0, length - mark.length) + mark);
}

/** What a run's name has room for, at least and at most. */
const LEAST_NAME = 16;
const MOST_NAME = 60;

/** A column of texts that are cut to what others leave. */
function nameColumn(texts: readonly string[], width: number, ascii: boolean): Column {
  const room = Math.min(MOST_NAME, Math.max(LEAST_NAME, width - 3));
  const cells = texts.map(cutTo(room, ascii ? '...' : '…'));
  return { head: 'run', align: 'left', cells };
}

/** The columns that fit: those of `spare` in their order, as long as there is room for a name beside them. */
function fitting(always: readonly Column[], spare: readonly Column[], width: number): Column[] {
  const columns = [...always];
  let left = width - 1 - always.reduce((sum, column) => sum + widthOf(column), 0);
  for (const column of spare) {
    if (left - widthOf(column) < LEAST_NAME + 3) break;
    left -= widthOf(column);
    columns.push(column);
  }
  return columns;
}

/** Every doubt about a journal but the first is only counted. */
function damageNote({ damage: [first, ...others] }: ListedRun): string[] {
  if (first === undefined) return [];
  const more = others.length === 1 ? '1 more place is damaged' : `${others.length} more places are damaged`;
  return [others.length === 0 ? first : `${first}; ${more}`];
}

/**
 * Runs that are kept, a row each, the newest last. What there is no room for on a terminal is left out: digest, seed, median.
 *
 * @param now when it is told
 */
export function runsReport(
  { runs, omitted }: RunList,
  now: Date,
  { width, ascii, precision = DIGITS }: Omit<Style, 'color'>,
): Report {
  if (runs.length === 0) {
    return { title: 'no runs are kept in this folder: repro run keeps one', blocks: [], footnotes: [] };
  }
  const column = (head: string, align: Column['align'], cellOf: (run: ListedRun) => Cell): Column => {
    return { head, align, cells: runs.map(cellOf) };
  };
  const always = [
    column('id', 'left', ({ id }) => id),
    column('age', 'right', ({ started }) => (started ? ageText((now.getTime() - started.getTime()) / 1000) : '–')),
    column('repeats', 'right', ({ done, expected }) => (done === expected ? `${done}` : `${done}/${expected ?? '?'}`)),
    column('state', 'left', ({ state }) => stateCell(state)),
  ];
  const spare = [
    column('median', 'left', ({ median }) => (median === null ? '–' : formatNumber(median, precision))),
    column('seed', 'left', ({ plan }) => (plan ? seedCell(plan) : '–')),
    column('digest', 'left', ({ digest }) => digest ?? '–'),
  ];
  const [id, age, ...others] = fitting(always, spare, width) as [Column, Column, ...Column[]];
  const taken = [id, age, ...others].reduce((sum, each) => sum + widthOf(each), 1);
  const name = nameColumn(
    runs.map(({ plan }) => printable(plan?.experiment.name ?? '–')),
    width - taken,
    ascii,
  );
  const columns = [id, age, name, ...others];
  const older = omitted === 1 ? '1 older run is' : `${omitted} older runs are`;
  return {
    title: `${runs.length === 1 ? '1 run' : `${runs.length} runs`} in .repro/runs, the newest last`,
    blocks: [
      {
        kind: 'table',
        head: columns.map(({ head }) => head),
        align: columns.map(({ align }) => align),
        rows: runs.map((_, row) => columns.map(({ cells }) => cells[row] as Cell)),
        ...(omitted === 0 ? {} : { omission: `${older} left out; --limit ${runs.length + omitted} lists all` }),
      },
    ],
    footnotes: runs.flatMap(damageNote),
  };
}
