import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JsonLinesOptions, readJsonLines } from '../../src/data/jsonLines.js';
import { temporaryFolder } from '../experiment/folder.js';
import { fileWriter, mistakeOf } from './file.js';

const write = fileWriter(temporaryFolder());
type Choice = Partial<Omit<JsonLinesOptions, 'path' | 'shown'>>;
const read = (content: string, choice: Choice = {}) =>
  readJsonLines({ ...write(content, 'data/houses.jsonl'), targets: ['price'], ...choice });

test('objects are rows, whatever the order of their keys', async () => {
  const { source, ...data } = await read('\ufeff{"a":1,"b":2.5,"price":3}\r\n\n{"price":6,"b":5,"a":-4e0}');
  expect(data).toMatchObject({ rows: 2, features: 2, targets: 1 });
  expect([...data.inputs]).toEqual([1, 2.5, -4, 5]);
  expect([...data.outputs]).toEqual([3, 6]);
  expect(source).toEqual({
    file: 'data/houses.jsonl',
    lines: Uint32Array.of(1, 3),
    featureNames: ['a', 'b'],
    targetNames: ['price'],
  });
});

test('texts, numbers and truth values may be categories', async () => {
  const data = await read('{"a":"x","price":true}\n{"a":2,"price":false}\n', { categorical: ['a', 'price'] });
  expect(data.source).toMatchObject({ featureNames: ['a=2', 'a=x'], targetNames: ['price=false', 'price=true'] });
  expect([...data.inputs]).toEqual([0, 1, 1, 0]);
  expect([...data.outputs]).toEqual([0, 1, 1, 0]);
});

test('where the features are listed, an object may hold more', async () => {
  const data = await read('{"a":1,"price":2}\n{"a":3,"price":4,"note":null}\n', { features: ['a'] });
  expect([...data.inputs]).toEqual([1, 3]);
});

test('any numbers are read as JSON writes them, and the ones of a category sum to 1', async () => {
  const row = fc.record({ a: fc.double({ min: -3e38, max: 3e38, noNaN: true }), kind: fc.constantFrom('x', 'y', 'z') });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1 }), async (rows) => {
      fc.pre(new Set(rows.map(({ kind }) => kind)).size > 1);
      const text = rows.map(({ a, kind }) => JSON.stringify({ kind, price: a, a })).join('\n');
      const data = await read(text, { categorical: ['kind'] });
      expect([...data.outputs]).toEqual(rows.map(({ a }) => a + 0)); // JSON has no −0
      rows.forEach((_, at) => {
        const ones = data.inputs.subarray(at * data.features, (at + 1) * data.features - 1);
        expect(ones.reduce((sum, one) => sum + one, 0)).toBe(1);
      });
    }),
  );
});

describe('what is wrong has its line and a remedy', () => {
  test.each<[string, string, Choice, string]>([
    ['null', '{"a":null,"price":1}', {}, ':1 is null where a number is needed (key "a"); remove the row or fill it in'],
    [
      'a missing key',
      '{"a":1,"price":1}\n{"price":1}',
      {},
      ':2 is missing where a number is needed (key "a"); remove the row or fill it in',
    ],
    [
      'a missing key that every object inherits',
      '{"toString":1,"price":1}\n{"price":1}',
      {},
      ':2 is missing where a number is needed (key "toString"); remove the row or fill it in',
    ],
    [
      'a text',
      '{"a":"red","price":1}',
      {},
      ':1 must be a number, got "red" (key "a"); list it under data.categorical to encode it',
    ],
    [
      'a number in quotes',
      '{"a":"3","price":1}',
      {},
      ':1 must be a number, got "3" (key "a"); write it without quotes',
    ],
    [
      'a truth value',
      '{"a":true,"price":1}',
      {},
      ':1 must be a number, got true (key "a"); list it under data.categorical to encode it',
    ],
    [
      'a list',
      '{"a":[1],"price":1}',
      { categorical: ['a'] },
      ':1 must be a text, a number or a truth value, got a list (key "a")',
    ],
    [
      'a number beyond float64',
      '{"a":1e999,"price":1}',
      {},
      ':1 must be at most 3.4e38 in size, got Infinity (key "a"); scale the column down',
    ],
    ['NaN', '{"a":NaN,"price":1}', {}, ':1 holds NaN, which JSON has no word for; remove the row or fill it in'],
    ['no JSON', '{"a":1,"price":1}\n\n{"a":1,', {}, ':3 is not valid JSON; write one object a line'],
    ['a list for a row', '[1,2]', {}, ':1 must be an object, got a list; write one object a line'],
    [
      'a key that is new',
      '{"rooms":1,"price":1}\n{"rooms":1,"price":1,"room":2}',
      {},
      ':2 has a key "room" that the first object has not, did you mean "rooms"?',
    ],
    ['an unknown target', '{"a":1,"prices":1}', {}, ':1 has no key "price", did you mean "prices"?'],
    [
      'a single category',
      '{"a":1,"price":1}',
      { categorical: ['a'] },
      ': key "a" has a single category, "1"; it tells nothing: leave it out',
    ],
    ['nothing', '\n', {}, ' has no rows; write one object a line'],
  ])('%s', async (_, content, choice, message) => {
    expect(await mistakeOf(read(content, choice))).toBe(`data/houses.jsonl${message}`);
  });
});
