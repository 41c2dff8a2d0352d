import type { Cell, TableBlock } from './report.js';

/** More rows than these are not all shown, but so many from either end. */
const MOST_ROWS = 1000;
const END_ROWS = 10;

/**
 * Every row of a table of repeats, or the first and last of very many.
 *
 * @param count of repeats
 * @param rowOf the row of a repeat, by its index from 0
 * @param format the one that lists all
 */
export function elidedRows(
  count: number,
  rowOf: (index: number) => readonly Cell[],
  format: string,
): Pick<TableBlock, 'rows' | 'omission'> {
  const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => rowOf(from + i));
  if (count <= MOST_ROWS) return { rows: rows(0, count) };
  const start = rows(0, END_ROWS);
  return {
    rows: [...start, (start[0] ?? []).map(() => '…'), ...rows(count - END_ROWS, count)],
    omission: `${count - 2 * END_ROWS} repeats are left out; --format ${format} lists all`,
  };
}
