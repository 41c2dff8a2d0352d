import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { binary } from './command.js';
import { program, storeFolder } from './stored.js';

describe('repro runs', () => {
  test('an empty folder is told in one line, and is no mistake', () => {
    const folder = storeFolder();
    const { status, stdout, stderr } = folder.repro(['runs']);
    expect({ status, stdout, stderr }).toEqual({
      ...{ status: 0, stderr: '' },
      stdout: 'no runs are kept in this folder: repro run keeps one\n',
    });
    expect(JSON.parse(folder.repro(['runs', '-f', 'json']).stdout).runs).toEqual([]);
    expect(folder.repro(['runs', '-f', 'plain']).stdout).toBe('');
  });

  test('runs are listed with the newest last, with what they were, their seed, median and digest', () => {
    const folder = storeFolder();
    folder.repro(['run', '--seed', '1', '-r', '3']);
    const { stdout: digest } = folder.repro(['run', '-r', '2', '-f', 'digest', ...program]);
    const { stdout } = folder.repro(['runs', '-f', 'markdown']);
    const rows = stdout.split('\n').filter((line) => /^\| \d/.test(line));
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/\| \d+ s \| article \| 3 \| finished \| 0\.018329 \| 1 \| [0-9a-f]{16} \|$/);
    expect(rows[1]).toMatch(/\| sh program.sh \{seed\} \| 2 \| finished \| 0\.\d+ \| \d+ \(drawn\) \| /);
    expect(rows[1]).toContain(digest.trim());
  });

  test('a table has the last 20, --limit has others, and a program that reads gets all', () => {
    const folder = storeFolder();
    folder.repro(['run', '-r', '1']);
    const [path = ''] = folder.journals();
    for (let day = 10; day < 32; day++) {
      writeFileSync(path.replace(/[^/]+$/, `202001${day}-000000-aaaa.jsonl`), readFileSync(path));
    }
    const table = folder.repro(['runs']).stdout;
    expect(table.match(/^│ 20/gm)).toHaveLength(20);
    expect(table).toContain('3 older runs are left out; --limit 23 lists all');
    expect(folder.ids()).toHaveLength(23);
    expect(folder.repro(['runs', '-f', 'plain', '--limit', '2']).stdout.split('\n').slice(0, -1)).toEqual(
      folder.ids().slice(-2),
    );
  });

  test('no line of a table is wider than 80 columns, whatever was run', () => {
    const folder = storeFolder();
    folder.repro(['run', '-r', '1', '--metric', 'loss', '--', 'sh', '-c', `echo loss: 1 # ${'long '.repeat(99)}`]);
    for (const env of [{}, { TERM: 'dumb' }]) {
      const { stdout } = folder.repro(['runs'], env);
      const lines = stdout.split('\n').filter((line) => /^[│|┌+]/.test(line));
      expect(new Set(lines.map((line) => line.length)).size).toBe(1);
      expect(lines[0]?.length).toBeLessThanOrEqual(80);
    }
  });

  test('journals of garbage, of a newer version and without a header are named, and the others listed', () => {
    const folder = storeFolder();
    folder.repro(['run', '-r', '2']);
    const [path = ''] = folder.journals();
    const make = (id: string, text: string) => writeFileSync(path.replace(/[^/]+$/, `${id}.jsonl`), text);
    const text = readFileSync(path, 'utf8');
    make('20200101-000000-aaaa', '\0\0garbage\n');
    make('20200102-000000-aaaa', text.split('\n').slice(2).join('\n'));
    make('20200103-000000-aaaa', '');
    make('99999999-999999-zzzz', text);
    const { status, stdout, stderr } = folder.repro(['runs']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(folder.listed().map(({ state }: { state: string }) => state)).toEqual([
      ...['damaged', 'damaged', 'damaged', 'finished', 'finished'],
    ]);
    expect(folder.listed()[1]).toMatchObject({ repeats: 2, expected: null, experiment: null });
    expect(stdout).toContain('20200101-000000-aaaa has lost its header');
  });

  test('a run of tomorrow, as a clock that was wrong leaves it, is listed, shown, and older than nothing', () => {
    const folder = storeFolder();
    folder.repro(['run', '-r', '2']);
    const [path = ''] = folder.journals();
    renameSync(path, path.replace(/[^/]+$/, '99991231-235959-zzzz.jsonl'));
    expect(folder.repro(['runs', '-f', 'markdown'])).toMatchObject({ status: 0, stderr: '' });
    expect(folder.repro(['show', 'last'])).toMatchObject({ status: 0, stderr: '' });
    expect(folder.repro(['prune', '--older-than', '1h'])).toMatchObject({ status: 0, stdout: '' });
  });

  test('a run is running while it is written', () => {
    const folder = storeFolder();
    folder.write('list.sh', `"${process.execPath}" "${binary}" runs -f json > list.json; echo "loss: 1"\n`);
    folder.repro(['run', '-r', '2', '--metric', 'loss', '--', 'sh', 'list.sh']);
    const { runs } = JSON.parse(readFileSync(`${folder.cwd}/list.json`, 'utf8'));
    expect(runs).toMatchObject([{ state: 'running', repeats: 1, expected: 2 }]);
  });
});

test('what stands in the place of a lock and is none is told with its remedy, and no command waits for it', () => {
  const folder = storeFolder();
  folder.repro(['run', '-r', '2', ...program], { SIGNALS: '2:INT' });
  const lock = (folder.journals()[0] ?? '').replace(/jsonl$/, 'lock');
  expect(spawnSync('mkfifo', [lock]).status).toBe(0);
  for (const command of [
    ['show', 'last'],
    ['resume'],
    ['rerun', 'last'],
    ['prune', 'last'],
    ['prune', '--keep', '0'],
  ]) {
    const { status, stdout, stderr } = folder.repro(command);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^repro: (\S+\.lock) is no lock of a run\n {2}unless repro is at work there, remove \1\n$/);
  }
  expect(folder.repro(['runs'])).toMatchObject({ status: 0, stderr: '' });
});

describe('repro show', () => {
  test('a run is shown as it was printed, and what explains it below', () => {
    const folder = storeFolder();
    const printed = folder.repro(['run', '--seed', '1', '-r', '6', ...program]).stdout;
    const [id = ''] = folder.ids();
    for (const name of ['last', id, id.slice(0, 17), id.slice(-4)]) {
      const { status, stdout } = folder.repro(['show', name]);
      expect(status).toBe(0);
      const [scores = ''] = printed.split('\n\n');
      expect(stdout.startsWith(scores)).toBe(true);
      expect(stdout).toMatch(new RegExp(`^run +${id}$`, 'm'));
      expect(stdout).toMatch(/^input +program\.sh, \d+ bytes, SHA-256/m);
      expect(stdout).toMatch(/^engine +(node|bun) /m);
    }
  });

  test('one repeat is shown with every digit, its bits and what it wrote', () => {
    const folder = storeFolder();
    folder.write('two.sh', 'printf "a\\tb\\n\\033[31mred\\nloss: 0.1\\n"; echo oops >&2; echo x > out.txt\n');
    folder.repro(['run', '-r', '2', '--metric', 'loss', '--artifact', 'out.txt', '--', 'sh', 'two.sh']);
    const { stdout } = folder.repro(['show', 'last', '--repeat', '2']);
    expect(stdout).toMatch(/^loss +0\.10000000000000001$/m);
    // Python 3.11: struct.pack('>d', 0.1).hex()
    expect(stdout).toMatch(/^bits +3fb999999999999a$/m);
    // coreutils 9.1: echo x | sha256sum
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'out.txt SHA-256 73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac',
    );
    expect(stdout).toContain('stdout:\n  a  b\n  \\u{1b}[31mred\n  loss: 0.1\nthe end of stderr:\n  oops\n');
    const none = folder.repro(['show', 'last', '--repeat', '3']);
    expect(none).toMatchObject({ status: 2, stdout: '' });
    expect(none.stderr).toMatch(/^repro: run \S+ has no repeat 3: 2 repeats are kept of 2\n$/);
  });

  test('an experiment comes before a run of its name, and has no repeats to show', () => {
    const folder = storeFolder();
    folder.repro(['run', '-r', '1']);
    expect(folder.repro(['show', 'article']).stdout).toContain('backend = "theano"');
    expect(folder.repro(['show', 'article', '--repeat', '1'])).toMatchObject({ status: 2, stdout: '' });
    const id = folder.ids()[0] ?? '';
    folder.repro(['run', '-r', '1']);
    expect(folder.repro(['show', id.slice(0, 4)]).stderr).toContain('may be any of 2 runs');
    expect(folder.repro(['show', '19990101-']).stderr).toContain('there is no run "19990101-"');
  });
});
