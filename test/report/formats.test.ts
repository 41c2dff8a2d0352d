import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatNames, loadFormat } from '../../src/report/formats.js';

const folder = new URL('../../src/report/', import.meta.url);

test('every format can be loaded', async () => {
  const kinds = await Promise.all(formatNames.map(async (name) => (await loadFormat(name)).kind));
  expect(kinds).toEqual(['whole', 'streamed', 'whole', 'streamed', 'whole', 'digest']);
});

test('the table alone loads a table and a colour library, and only on demand', () => {
  const sources = readdirSync(folder).map((file) => ({ file, text: readFileSync(new URL(file, folder), 'utf8') }));
  const heavy = sources.filter(({ text }) => /from '(chalk|cli-table3)'/.test(text)).map(({ file }) => file);
  expect(heavy).toEqual(['terminal.ts']);
  const importersOf = (name: string) =>
    sources.filter(({ text }) => text.includes(`from './${name}'`)).map(({ file }) => file);
  expect([importersOf('terminal.js'), importersOf('table.js')]).toEqual([['table.ts'], []]);
});
