import { copyFileSync, linkSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './command.js';
import { program, storeFolder } from './stored.js';

/** What is in every file of a folder and its store. */
function contents({ cwd, journals }: ReturnType<typeof storeFolder>): string[] {
  const files = readdirSync(cwd, { withFileTypes: true }).filter((entry) => entry.isFile());
  return [...files.map(({ name }) => join(cwd, name)), ...journals()].map((path) => readFileSync(path, 'utf8'));
}

describe('a result is not written over', () => {
  const commands = [
    ['run', '-r', '1', '--no-save'],
    ['resume', 'last'],
    ['rerun', 'last'],
    ['export', 'last'],
    ['runs'],
    ['compare', 'article', 'article', '--no-save', '-r', '6'],
    ['check', '-r', '1'],
  ];

  test('a journal, its lock or anything in a store, by any path to it', () => {
    const folder = storeFolder();
    folder.repro(['run', '--seed', '1', '-r', '6', ...program], { SIGNALS: '3:INT' });
    const [path = ''] = folder.journals();
    symlinkSync(path, join(folder.cwd, 'link.json'));
    symlinkSync(join(folder.cwd, '.repro', 'runs'), join(folder.cwd, 'runs'));
    const before = contents(folder);
    const places = [path, 'link.json', 'runs/new.json', '.repro/.gitignore', '.repro/runs/a.lock'];
    for (const command of commands) {
      for (const place of command[0] === 'run' ? places : places.slice(0, 1)) {
        const { status, stdout, stderr } = folder.repro([...command, '-f', 'json', '-o', place]);
        expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
        expect(stderr).toContain('lies in .repro, where runs are kept');
      }
    }
    expect(contents(folder)).toEqual(before);
    expect(readdirSync(join(folder.cwd, '.repro', 'runs'))).toHaveLength(1);
  });

  test('a program, a module, data or the file of an experiment that the run reads', () => {
    const folder = storeFolder();
    for (const name of ['iris.yaml', 'iris.csv']) copyFileSync(join(root, 'experiments', name), join(folder.cwd, name));
    folder.write('module.mjs', 'export default ({ seed }) => seed % 7;\n');
    linkSync(join(folder.cwd, 'program.sh'), join(folder.cwd, 'same.txt'));
    const run = ['run', '--seed', '1', '-r', '2', '-f', 'plain', '-o'];
    const cases = [
      ['program.sh', ...program],
      ['./program.sh', ...program],
      ['same.txt', ...program],
      ['module.mjs', './module.mjs'],
      ['iris.csv', './iris.yaml'],
      ['iris.yaml', './iris.yaml'],
    ];
    const before = contents({ ...folder, journals: () => [] });
    for (const each of cases) {
      expect(folder.repro([...run, ...each])).toMatchObject({
        ...{ status: 2, stdout: '' },
        stderr: `repro: --output ${each[0]} would overwrite what the run reads\n`,
      });
    }
    folder.repro(['run', '--seed', '1', '-r', '4', ...program], { SIGNALS: '3:INT' });
    for (const command of ['export', 'resume', 'rerun']) {
      const { status, stderr } = folder.repro([
        command,
        'last',
        '-f',
        command === 'rerun' ? 'table' : 'plain',
        '-o',
        'program.sh',
      ]);
      expect(status).toBe(2);
      expect(stderr).toContain('would overwrite what the run reads');
    }
    expect(contents({ ...folder, journals: () => [] }).sort()).toEqual([...before, ''].sort());
    expect(folder.listed()).toMatchObject([{ state: 'interrupted', repeats: 2 }]);
  });
});
