import { expect, test } from 'vitest';
import { tryMetric } from '../../src/metric/tryMetric.js';
import { ended, keyOf, lastLine, patternOf } from './scan.js';

test('a trial has every match with its line, and what would be read', async () => {
  const bytes = Buffer.from('loss: 1 loss: 2\r\n\x1b[1mloss\x1b[0m: n/a\n{"loss": 0.25}\nbye\n\n');
  const sources = [keyOf('loss'), patternOf('loss: (\\d)'), lastLine];
  const loss = [
    { line: 1, text: 'loss: 1 loss: 2', value: 1 },
    { line: 1, text: 'loss: 1 loss: 2', value: 2 },
  ];
  expect(await tryMetric(bytes, sources, ended.file)).toEqual([
    {
      source: sources[0],
      count: 4,
      matches: [...loss, { line: 2, text: 'loss: n/a', value: null }, { line: 3, text: '{"loss": 0.25}', value: 0.25 }],
      reading: { value: 0.25 },
    },
    { source: sources[1], count: 2, matches: loss, reading: { value: 2 } },
    {
      source: sources[2],
      count: 1,
      matches: [{ line: 4, text: 'bye', value: null }],
      reading: {
        missing: 'the last line of stdout, "bye", is not one number; --metric NAME names what to read',
      },
    },
  ]);
});

test('a trial keeps the last thousand matches and counts all, in lines cut to 80 characters', async () => {
  const bytes = Buffer.from(Array.from({ length: 12_345 }, (_, i) => `x=${i} ${'-'.repeat(100)}\n`).join(''));
  const [trial] = await tryMetric(bytes, [keyOf('x')], ended.file);
  expect(trial?.count).toBe(12_345);
  expect(trial?.matches.length).toBe(1000);
  expect(trial?.matches[0]).toEqual({ line: 11_346, text: `x=11345 ${'-'.repeat(72)}…`, value: 11_345 });
  expect(trial?.matches.at(-1)?.value).toBe(12_344);
});

test('a trial reads files, and knows neither time nor exit code', async () => {
  const trials = await tryMetric(
    Buffer.from('x'),
    [
      { from: 'file', file: 'r.json', path: 'a', name: 'a' },
      { from: 'time', name: 't' },
      { from: 'exit-code', name: 'c' },
    ],
    () => '{"a": 1}',
  );
  const unknown = { missing: 'is known only when the program runs' };
  expect(trials.map(({ reading }) => reading)).toEqual([{ value: 1 }, unknown, unknown]);
});
