import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvOptions, readCsv } from '../../src/data/csv.js';
import { input } from '../../src/data/dataset.js';
import { temporaryFolder } from '../experiment/folder.js';
import { fileWriter, mistakeOf } from './file.js';

const folder = temporaryFolder();
const write = fileWriter(folder);
type Choice = Partial<Omit<CsvOptions, 'path' | 'shown'>>;
const read = (content: string | Uint8Array, choice: Choice = {}) =>
  readCsv({ ...write(content), targets: ['price'], ...choice });

describe('a table', () => {
  test('has every other column as a feature, in the order of the file', async () => {
    const { source, ...data } = await read('rooms,price,area\n1,2,3\n4,5,6\n');
    expect(data).toMatchObject({ rows: 2, features: 2, targets: 1 });
    expect([...data.inputs]).toEqual([1, 3, 4, 6]);
    expect([...data.outputs]).toEqual([2, 5]);
    expect(data.oneHotFeatures).toBeUndefined();
    expect(source).toEqual({
      file: 'data/houses.csv',
      lines: Uint32Array.of(2, 3),
      featureNames: ['rooms', 'area'],
      targetNames: ['price'],
    });
  });

  test('has the chosen features in the order of the choice, and other columns may hold anything', async () => {
    const data = await read('note,rooms,price,area\nfine,1,2,3\n,4,5,6\n', { features: ['area', 'rooms'] });
    expect([...data.inputs]).toEqual([3, 1, 6, 4]);
  });

  test('has categories one-hot, sorted by their code units, among features and targets', async () => {
    const text = 'colour,rooms,price\nred,1, Öl\nBlue,2,"no"\nred,3,Zoo\n';
    const data = await read(text, { categorical: ['colour', 'price'] });
    expect([...data.inputs]).toEqual([0, 1, 1, 1, 0, 2, 0, 1, 3]);
    expect([...data.outputs]).toEqual([0, 0, 1, 0, 1, 0, 1, 0, 0]);
    expect(data.oneHotFeatures).toEqual([0, 1]);
    expect(data.source?.featureNames).toEqual(['colour=Blue', 'colour=red', 'rooms']);
    expect(data.source?.targetNames).toEqual(['price=Zoo', 'price=no', 'price=Öl']);
  });

  test('may separate its fields by another character', async () => {
    expect([...(await read('a;price\n1;2\n', { delimiter: ';' })).inputs]).toEqual([1]);
  });

  test('stands on memory that threads share', async () => {
    const { inputs, outputs, source } = await read('a,price\n1,2\n');
    for (const each of [inputs, outputs, source?.lines]) expect(each?.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  test.each([
    ['a byte order mark', '\ufeffa,price\n1,2\n3,4\n', [2, 3]],
    ['Windows line ends', 'a,price\r\n1,2\r\n3,4\r\n', [2, 3]],
    ['both kinds of line ends', 'a,price\r\n1,2\n"3","4"\r\n', [2, 3]],
    ['no end of its last line', 'a,price\n1,2\n3,4', [2, 3]],
    ['blank lines', '\n  \na,price\n\n1,2\n\n\n3,4\n \n', [5, 8]],
    ['spaces around names and numbers', ' a , price \n 1 ,\t2\n3 , 4 \n', [2, 3]],
    ['line ends within quotes', 'a,price,"note\n2"\n1,2,"x\r\ny\n"\n3,4,"a ""b"""\n', [3, 6]],
  ])('may have %s', async (_, text, lines) => {
    const data = await read(text, { features: ['a'] });
    expect([...data.inputs]).toEqual([1, 3]);
    expect([...data.outputs]).toEqual([2, 4]);
    expect([...(data.source?.lines ?? [])]).toEqual(lines);
  });

  test.each(['5', '-5', '+5', '5.', '.5', '0.5e3', '5E-3', '-0', '1e-400', '3.4028234e38'])(
    'holds the number %s',
    async (text) => {
      const data = await read(`a,price\n${text},${text}\n`);
      expect(data.outputs[0]).toBe(Number(text));
      expect(data.inputs[0]).toBe(Math.fround(Number(text)));
    },
  );
});

/** Anything but what is trimmed, and unpaired surrogates, which UTF-8 cannot hold. */
const category = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((text) => text.trim() === text && !/[\r]/.test(text));
const cell = fc.double({ min: -3e38, max: 3e38, noNaN: true });
const table = fc.array(fc.tuple(category, cell, cell), { minLength: 2, maxLength: 30 });
const styles = fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.constantFrom('\n', '\r\n', '\n\n', '\r\n \r\n')), {
  minLength: 1,
});

test('whatever the quotes and line ends that a table is written with, its rows are read', async () => {
  const quoted = (text: string, quote: boolean) =>
    quote || /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  await fc.assert(
    fc.asyncProperty(table, styles, fc.boolean(), async (rows, marks, last) => {
      const categories = [...new Set(rows.map(([name]) => name))].sort();
      fc.pre(categories.length > 1);
      const styleOf = (row: number) => marks[row % marks.length] as (typeof marks)[number];
      const body = rows.map(([name, x, y], row) => {
        const [first, other, end] = styleOf(row);
        const line = [quoted(name, first), quoted(`${x}`, other), quoted(`${y}`, first)].join(',');
        return row === rows.length - 1 && last ? line : line + end;
      });
      const text = `kind,x,price\n${body.join('')}`;
      const data = await read(text, { categorical: ['kind'] });
      expect(data).toMatchObject({ rows: rows.length, features: categories.length + 1 });
      expect([...data.outputs]).toEqual(rows.map(([, , y]) => y + 0)); // −0 is written as 0
      const newlines = (from: string) => from.split('\n').length - 1;
      let line = 2;
      rows.forEach(([name, x], row) => {
        const [...ones] = data.inputs.subarray(row * data.features, (row + 1) * data.features - 1);
        expect(ones).toEqual(categories.map((each) => (each === name ? 1 : 0)));
        expect(data.inputs[(row + 1) * data.features - 1]).toBe(Math.fround(x + 0));
        expect(Math.abs(input(data, (row + 1) * data.features - 1) - x)).toBeLessThanOrEqual(
          2 ** -47 * Math.abs(x) + 2 ** -149,
        );
        expect(data.source?.lines[row]).toBe(line);
        line += newlines(body[row] as string);
      });
    }),
  );
});

const many = Array.from({ length: 1001 }, (_, i) => `c${i},${i}`).join('\n');

describe('what is wrong with a table has its place and a remedy', () => {
  test.each<[string, string | Uint8Array, Choice, string]>([
    [
      'an empty field',
      'area,price,rooms\n1,2,3\n1,2, \n',
      {},
      ':3:3 is empty where a number is needed (column "rooms"); remove the row or fill it in',
    ],
    [
      'a missing value',
      'a,price\nNA,1\n',
      {},
      ':2:1 is "NA" where a number is needed (column "a"); remove the row or fill it in',
    ],
    [
      'NaN',
      'a,price\n1,NaN\n',
      {},
      ':2:2 is "NaN" where a number is needed (column "price"); remove the row or fill it in',
    ],
    [
      'infinity',
      'a,price\n1,-Infinity\n',
      {},
      ':2:2 is "-Infinity" where a number is needed (column "price"); remove the row or fill it in',
    ],
    [
      'null',
      'a,price\nnull,1\n',
      {},
      ':2:1 is "null" where a number is needed (column "a"); remove the row or fill it in',
    ],
    [
      'a text',
      'colour,price\nred,1\n',
      {},
      ':2:1 must be a number, got "red" (column "colour"); list it under data.categorical to encode it',
    ],
    [
      'a decimal comma',
      'a,price\n"1,5",1\n',
      {},
      ':2:1 must be a number, got "1,5" (column "a"); list it under data.categorical to encode it',
    ],
    [
      'a hexadecimal number',
      'a,price\n0x10,1\n',
      {},
      ':2:1 must be a number, got "0x10" (column "a"); list it under data.categorical to encode it',
    ],
    [
      'a number beyond float32',
      'a,price\n-3.5e38,1\n',
      {},
      ':2:1 must be at most 3.4e38 in size, got "-3.5e38" (column "a"); scale the column down',
    ],
    [
      'a number beyond float64',
      'a,price\n1e999,1\n',
      {},
      ':2:1 must be at most 3.4e38 in size, got "1e999" (column "a"); scale the column down',
    ],
    [
      'a cell behind quoted line ends',
      'a,price\n"1\n",2\nx,1\n',
      {},
      ':4:1 must be a number, got "x" (column "a"); list it under data.categorical to encode it',
    ],
    [
      'an empty category',
      'a,price\n,1\n',
      { categorical: ['a'] },
      ':2:1 is empty where a category is needed (column "a"); remove the row or fill it in',
    ],
    [
      'a single category',
      'a,price\nred,1\nred,2\n',
      { categorical: ['a'] },
      ': column "a" has a single category, "red"; it tells nothing: leave it out',
    ],
    [
      'too many categories',
      `a,price\n${many}\n`,
      { categorical: ['a'] },
      ':1002:1 is category 1,001 of column "a"; at most 1,000 can be encoded: leave the column out',
    ],
    ['an unknown target', 'a,prices\n1,2\n', {}, ':1 has no column "price", did you mean "prices"?'],
    [
      'an unknown feature',
      'a,price\n1,2\n',
      { features: ['colour'] },
      ':1 has no column "colour"; it has "a", "price"',
    ],
    [
      'an unknown categorical column',
      'rooms,price\n1,2\n',
      { categorical: ['room'] },
      ':1 has no column "room", did you mean "rooms"?',
    ],
    ['names that stand there twice', 'a,price,a\n1,2,3\n', {}, ':1 names two columns "a"; rename one of them'],
    ['a name that is missing', ',price\n1,2\n', {}, ':1:1 is a column without a name; name it or list data.features'],
    [
      'a column that is chosen twice',
      'a,price\n1,2\n',
      { features: ['a', 'price'] },
      ':1 has one column "price", which is chosen twice; list it once',
    ],
    ['nothing but targets', 'price\n1\n', {}, ':1 has no column besides the targets; at least one feature is needed'],
    [
      'another delimiter',
      'a;price\n1;2\n',
      {},
      ':1 names one column, "a;price"; if ";" separates them, set data.delimiter',
    ],
    [
      'too few fields',
      'a,price\n1,2\n1\n',
      {},
      ':3 has 1 fields where line 1 names 2 columns; put fields that hold "," in quotes',
    ],
    [
      'too many fields',
      'a,price\n1,2,3\n',
      {},
      ':2 has 3 fields where line 1 names 2 columns; put fields that hold "," in quotes',
    ],
    ['a quote within quotes', 'a,price\n1,2\n"x"y",1\n', {}, ':3 has a quote within a quoted field; write it twice'],
    ['an open quote', 'a,price\n1,2\n"x,1\n2,3\n', {}, ':3 has a quote that is never closed; close it'],
    ['nothing', '', {}, ' is empty; its first line must name the columns'],
    ['blank lines alone', '\n\n', {}, ' is empty; its first line must name the columns'],
    ['a header alone', 'a,price\n', {}, ' has no rows below its header; add some'],
    ['Latin-1', Buffer.from('a,price\n1,2\ncaf\xe9,1\n', 'latin1'), {}, ':3 is not UTF-8 text; save the file as UTF-8'],
    ['UTF-16', Buffer.from('\ufeffa,price\n1,2\n', 'utf16le'), {}, ':1 is not UTF-8 text; save the file as UTF-8'],
    [
      'a row without an end',
      `a,price\n"${'x\n'.repeat(1 << 21)}\n`,
      {},
      ':2 begins a row of more than 4 MB; is a closing quote missing?',
    ],
    [
      'a line without an end',
      `a,price\n1,${'2'.repeat(1 << 22)}`,
      {},
      ':2 is longer than 4 MB; is this a table with one row a line?',
    ],
  ])('%s', async (_, content, choice, message) => {
    expect(await mistakeOf(read(content, choice))).toBe(`data/houses.csv${message}`);
  });

  test('a file that is not there, or is a folder', async () => {
    const at = { shown: 'data/houses.csv', targets: ['price'] };
    expect(await mistakeOf(readCsv({ ...at, path: `${folder}/none.csv` }))).toBe(
      'cannot read data/houses.csv: no such file',
    );
    expect(await mistakeOf(readCsv({ ...at, path: folder }))).toBe('cannot read data/houses.csv: it is a folder');
  });
});

test('200,000 rows are read in little more memory than their numbers take', async () => {
  const rows = 200_000;
  const line = (row: number) => `${row / 7},${-row},text ${row % 3} ${'of some length '.repeat(4)},${row * 1e-5}\n`;
  const file = write(`a,b,note,price\n${Array.from({ length: rows }, (_, row) => line(row)).join('')}`);
  global.gc?.();
  const before = process.memoryUsage.rss();
  const data = await readCsv({ ...file, targets: ['price'], categorical: ['note'] });
  const grown = process.memoryUsage.rss() - before;
  expect(data).toMatchObject({ rows, features: 5, targets: 1 });
  expect(data.inputs.subarray(-5)).toEqual(Float32Array.of((rows - 1) / 7, 1 - rows, 0, 1, 0));
  expect(data.source?.lines.at(-1)).toBe(rows + 1);
  // Numbers take 16 MB in the end, and the text is 20 MB.
  expect(grown).toBeLessThan(150e6);
});
