import { ReproError } from '../errors.js';
import { suggestion } from '../text/nearest.js';
import { shownValue } from '../text/printable.js';
import { type ColumnChoice, chooseColumns } from './columns.js';
import type { Dataset } from './dataset.js';
import { type FileName, readLines } from './lines.js';
import { createTable, type Table } from './table.js';

export interface JsonLinesOptions extends FileName, ColumnChoice {}

/** NaN and infinities as Python writes them into JSON, which has none. */
const NO_NUMBER = /[:[,\s](NaN|-?Infinity)\b/;

function parseObject(text: string, place: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const missing = NO_NUMBER.exec(text)?.[1];
    const what = missing
      ? `holds ${missing}, which JSON has no word for; remove the row or fill it in`
      : 'is not valid JSON';
    throw new ReproError(`${place} ${what}${missing ? '' : '; write one object a line'}`, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new ReproError(`${place} must be an object, got ${shownValue(value)}; write one object a line`);
}

/**
 * Reads JSON Lines: one object a line, whose keys are the columns, in bounded memory. The first object says which keys there are;
 * others may leave out none that is used and, unless the features are listed, add none.
 *
 * @throws ReproError `file:line …` for a line, a key or a value that is wrong
 */
export async function readJsonLines(options: JsonLinesOptions): Promise<Dataset> {
  const { shown } = options;
  let table: Table | undefined;
  let names: string[] = [];
  let known: ReadonlySet<string> = new Set();
  for await (const { text, first } of readLines(options)) {
    text.split('\n').forEach((row, i) => {
      if (row.trim() === '') return;
      const line = first + i;
      const place = `${shown}:${line}`;
      const object = parseObject(row, place);
      if (!table) {
        names = Object.keys(object);
        known = new Set(names);
        table = createTable(chooseColumns(names, options, place, 'key'), {
          shown,
          noun: 'key',
          number: (cell) => (typeof cell === 'number' ? cell : Number.NaN),
          place: (at) => `${shown}:${at}`,
        });
      }
      if (!options.features) {
        const added = Object.keys(object).find((key) => !known.has(key));
        if (added !== undefined) {
          const near = suggestion(',', added, names) || '; remove it or list data.features';
          throw new ReproError(`${place} has a key ${shownValue(added)} that the first object has not${near}`);
        }
      }
      table.add(
        names.map((name) => (Object.hasOwn(object, name) ? object[name] : undefined)),
        line,
      );
    });
  }
  if (!table) throw new ReproError(`${shown} has no rows; write one object a line`);
  return table.finish();
}
