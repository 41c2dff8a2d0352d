import Papa from 'papaparse';
import { ReproError } from '../errors.js';
import { shownValue } from '../text/printable.js';
import { decimal } from './cell.js';
import { type ColumnChoice, chooseColumns } from './columns.js';
import type { Dataset } from './dataset.js';
import { type FileName, LONGEST, readLines } from './lines.js';
import { createTable, type Table } from './table.js';

export interface CsvOptions extends FileName, ColumnChoice {
  /** What stands between two fields, no quote and no line end; by default a comma. */
  readonly delimiter?: string;
}

/** What the parser made of some text. */
interface Parsed {
  readonly data: string[][];
  readonly errors: readonly { readonly code: 'InvalidQuotes' | 'MissingQuotes'; readonly row: number }[];
  readonly meta: { readonly cursor: number };
}

/** How many lines a row takes: fields in quotes may hold more than one. */
function linesOf(fields: readonly string[]): number {
  let lines = 1;
  for (const field of fields) for (let at = field.indexOf('\n'); at >= 0; at = field.indexOf('\n', at + 1)) lines++;
  return lines;
}

const QUOTES = {
  InvalidQuotes: 'has a quote within a quoted field; write it twice',
  MissingQuotes: 'has a quote that is never closed; close it',
} as const;

/** Rows of fields, each with the line on which it begins; blank lines are no rows. */
async function* readRows(file: FileName, delimiter: string): AsyncGenerator<{ fields: string[]; line: number }[]> {
  const parser = new Papa.Parser({ delimiter, newline: '\n' });
  let line = 1;
  let rest = '';
  const parse = (text: string, last: boolean) => {
    const { data, errors, meta }: Parsed = parser.parse(text, 0, !last);
    const quoted = text.includes('"');
    const rows: { fields: string[]; line: number }[] = [];
    data.forEach((fields, row) => {
      const error = errors.find((each) => each.row === row);
      if (error) throw new ReproError(`${file.shown}:${line} ${QUOTES[error.code]}`);
      if (fields.length > 1 || (fields[0] as string).trim() !== '') rows.push({ fields, line });
      line += quoted ? linesOf(fields) : 1;
    });
    rest = text.slice(meta.cursor);
    if (rest.length > LONGEST) {
      throw new ReproError(`${file.shown}:${line} begins a row of more than 4 MB; is a closing quote missing?`);
    }
    return rows;
  };
  for await (const { text } of readLines(file)) yield parse(rest + text, false);
  if (rest !== '') yield parse(rest, true);
}

/** What separates fields in many files that are called comma-separated. */
const OTHER_DELIMITERS = [';', '\t', '|', ','];

/** @throws ReproError if a header of one name holds what looks like another delimiter */
function expectDelimited(names: readonly string[], place: string): void {
  const other = names.length === 1 && OTHER_DELIMITERS.find((each) => names[0]?.includes(each));
  if (!other) return;
  const sign = shownValue(other);
  throw new ReproError(
    `${place} names one column, ${shownValue(names[0])}; if ${sign} separates them, set data.delimiter`,
  );
}

/** A table of the columns that a header names. */
function openTable(names: readonly string[], line: number, options: CsvOptions): Table {
  const { shown } = options;
  const place = `${shown}:${line}`;
  expectDelimited(names, place);
  return createTable(chooseColumns(names, options, place, 'column'), {
    shown,
    noun: 'column',
    number: (cell) => decimal(cell as string),
    place: (at, field) => `${shown}:${at}:${field + 1}`,
  });
}

/**
 * Reads a table of comma-separated values (RFC 4180; any line ends), whose first row names the columns, in bounded memory. Spaces
 * around names, numbers and categories are none of theirs.
 *
 * @throws ReproError `file:line:column …` for a cell, a row or a name that is wrong
 */
export async function readCsv(options: CsvOptions): Promise<Dataset> {
  const { shown, delimiter = ',' } = options;
  let table: Table | undefined;
  let header = { width: 0, line: 0 };
  let rows = 0;
  for await (const batch of readRows(options, delimiter)) {
    for (const { fields, line } of batch) {
      if (!table) {
        const names = fields.map((name) => name.trim());
        table = openTable(names, line, options);
        header = { width: names.length, line };
      } else if (fields.length !== header.width) {
        const counts = `has ${fields.length} fields where line ${header.line} names ${header.width} columns`;
        throw new ReproError(`${shown}:${line} ${counts}; put fields that hold ${shownValue(delimiter)} in quotes`);
      } else {
        table.add(fields, line);
        rows++;
      }
    }
  }
  if (!table) throw new ReproError(`${shown} is empty; its first line must name the columns`);
  if (rows === 0) throw new ReproError(`${shown} has no rows below its header; add some`);
  return table.finish();
}
