import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { binary } from './command.js';
import { storeFolder } from './stored.js';

/** A folder with runs of today and of long ago, made of one that was executed. */
function folderWith(...ids: string[]) {
  const folder = storeFolder();
  folder.repro(['run', '-r', '1']);
  const [path = ''] = folder.journals();
  for (const id of ids) writeFileSync(path.replace(/[^/]+$/, `${id}.jsonl`), readFileSync(path));
  return folder;
}

const OLD = ['20200101-000000-aaaa', '20200102-000000-bbbb', '20200103-000000-cccc'] as const;

describe('repro prune', () => {
  test('it asks which runs, and takes names or criteria, not both', () => {
    const folder = folderWith(...OLD);
    for (const args of [[], ['last', '--keep', '1'], ['--keep', 'x'], ['--older-than', '30'], ['nothere']]) {
      expect(folder.repro(['prune', ...args])).toMatchObject({ status: 2, stdout: '' });
    }
    expect(folder.ids()).toHaveLength(4);
  });

  test('--keep leaves the last ones, and a dry run all', () => {
    const folder = folderWith(...OLD);
    const dry = folder.repro(['prune', '--keep', '2', '--dry-run']);
    expect(dry).toEqual({ status: 0, stdout: `${OLD[0]}\n${OLD[1]}\n`, stderr: 'repro: would remove 2 runs\n' });
    expect(folder.ids()).toHaveLength(4);
    const done = folder.repro(['prune', '--keep', '2']);
    expect(done).toEqual({ status: 0, stdout: dry.stdout, stderr: 'repro: removed 2 runs\n' });
    expect(folder.ids()).toEqual([OLD[2], folder.ids().at(-1)]);
  });

  test('--older-than removes by age, and never what --keep keeps', () => {
    const folder = folderWith(...OLD);
    expect(folder.repro(['prune', '--older-than', '30d', '--keep', '3', '-q'])).toEqual({
      ...{ status: 0, stderr: '' },
      stdout: `${OLD[0]}\n`,
    });
    expect(folder.repro(['prune', '--older-than', '2w']).stdout).toBe(`${OLD[1]}\n${OLD[2]}\n`);
    expect(folder.repro(['prune', '--older-than', '1h'])).toMatchObject({ status: 0, stdout: '' });
    expect(folder.ids()).toHaveLength(1);
  });

  test('runs that are named go, each once, damaged ones as well', () => {
    const folder = folderWith(...OLD);
    writeFileSync(folder.journals()[0] ?? '', 'garbage');
    expect(folder.repro(['prune', 'aaaa', '20200101', 'bbbb']).stdout).toBe(`${OLD[0]}\n${OLD[1]}\n`);
    expect(folder.ids()).toHaveLength(2);
  });

  test('a run that is being written stays, whether it is named or met', () => {
    const folder = folderWith(...OLD);
    folder.write(
      'prune.sh',
      `for how in "--keep 0" last; do "${process.execPath}" "${binary}" prune $how >> out.txt; echo "code: $?"; done\n`,
    );
    const run = folder.repro(['run', '-r', '1', '--metric', 'code', '-f', 'plain', '--', 'sh', 'prune.sh']);
    expect(run).toMatchObject({ status: 0, stdout: '2\n' });
    expect(folder.listed()).toMatchObject([{ state: 'finished', experiment: 'sh prune.sh' }]);
  });

  test('what a killed process has left of a lock without a journal goes with it, but not in a dry run', () => {
    const folder = folderWith(...OLD);
    const lock = (folder.journals()[0] ?? '').replace(/[^/]+$/, '20200109-000000-dddd.lock');
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(lock, JSON.stringify({ pid, host: hostname(), nonce: '0123456789abcdef' }));
    folder.repro(['prune', '--keep', '9', '--dry-run']);
    expect(existsSync(lock)).toBe(true);
    expect(folder.repro(['prune', '--keep', '9'])).toEqual({
      status: 0,
      stdout: '',
      stderr: 'repro: removed 0 runs\n',
    });
    expect(existsSync(lock)).toBe(false);
    expect(folder.ids()).toHaveLength(4);
  });
});
