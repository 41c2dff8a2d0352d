import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const source = fileURLToPath(new URL('../src', import.meta.url));

/** The floors of docs/architecture.md. */
const floors: Record<string, number> = {
  'errors.ts': 0,
  'packageRoot.ts': 0,
  kernel: 1,
  text: 1,
  provenance: 2,
  random: 2,
  stats: 2,
  process: 2,
  metric: 2,
  backends: 3,
  data: 3,
  network: 4,
  module: 4,
  experiment: 5,
  run: 6,
  analysis: 7,
  store: 7,
  report: 8,
  cli: 9,
  'index.ts': 10,
};

const room = (file: string) => relative(source, file).split('/')[0] as string;

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.startsWith('kernel/assembly'))
  .map((name) => join(source, name));

const imports = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((match) => ({
    from: file,
    to: resolve(dirname(file), match[1] as string),
  })),
);

describe('the house', () => {
  test('every file stands in a room with a floor', () => {
    expect(files.filter((file) => floors[room(file)] === undefined)).toEqual([]);
    expect(imports.length).toBeGreaterThan(50);
  });

  test('a floor imports lower floors only, and rooms on one floor leave each other alone', () => {
    const floor = (file: string) => floors[room(file.replace(/\.js$/, '.ts'))] as number;
    const wrong = imports.filter(
      ({ from, to }) => room(from) !== room(to.replace(/\.js$/, '.ts')) && !(floor(to) < floor(from)),
    );
    expect(wrong.map(({ from, to }) => `${relative(source, from)} → ${relative(source, to)}`)).toEqual([]);
  });

  test('a result takes no function whose bits differ between engines', () => {
    const exact =
      /Math\.(?:exp|log|log2|log10|log1p|expm1|pow|sin|cos|tan|tanh|sinh|cosh|atan|atan2|cbrt|hypot|random)\b|[^*/]\*\*[^*/]/;
    const rooms = ['kernel', 'random', 'stats', 'backends', 'data', 'network', 'run', 'analysis'];
    const lines = files
      .filter((file) => rooms.includes(room(file)))
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line)),
      )
      .filter((line) => !line.includes("'") && exact.test(line));
    expect(lines).toEqual([]);
  });
});
