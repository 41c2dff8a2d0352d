import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { isLiving, startOf } from '../../src/store/livingProcess.js';
import { holderOf, takeLock } from '../../src/store/lock.js';
import { removeLeftOvers } from '../../src/store/removeLeftOvers.js';
import { openStore } from '../../src/store/store.js';
import { problemsOf, temporaryFolder } from '../experiment/folder.js';

const folder = temporaryFolder();
const freshLock = () => join(mkdtempSync(join(folder, 'lock-')), 'run.lock');

/** The number of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

function claim(writer: object): string {
  return JSON.stringify({ host: hostname(), nonce: '0123456789abcdef', ...writer });
}

function release(taken: ReturnType<typeof takeLock>): void {
  if ('holder' in taken) throw new Error(`held by ${taken.holder.pid}`);
  taken.release();
}

const filesBeside = (lock: string) => readdirSync(join(lock, '..'));

describe('a lock', () => {
  test('is held by one, and free again when let go', () => {
    const lock = freshLock();
    const first = takeLock(lock);
    expect(takeLock(lock)).toEqual({ holder: JSON.parse(readFileSync(lock, 'utf8')) });
    expect(holderOf(lock)).toMatchObject({ pid: process.pid, host: hostname() });
    release(first);
    expect(holderOf(lock)).toBeUndefined();
    expect(filesBeside(lock)).toEqual([]);
    release(takeLock(lock));
  });

  test.each([
    ['a process that has ended', () => claim({ pid: deadPid() })],
    ['a process whose number another one has', () => claim({ pid: process.pid, start: '1' })],
    ['nobody, its text lost', () => ''],
    ['nobody, its text being zeros', () => '\0'.repeat(90)],
  ])('of %s is taken over, and leaves nothing behind', (_, text) => {
    const lock = freshLock();
    writeFileSync(lock, text());
    expect(holderOf(lock)).toBeUndefined();
    const taken = takeLock(lock);
    expect(holderOf(lock)?.pid).toBe(process.pid);
    expect(takeLock(lock)).toHaveProperty('holder.pid', process.pid);
    release(taken);
    expect(filesBeside(lock)).toEqual([]);
  });

  test('is taken over from one that had taken it over and died', () => {
    const lock = freshLock();
    const pid = deadPid();
    writeFileSync(lock, claim({ pid }));
    writeFileSync(`${lock}.0123456789abcdef`, '');
    const taken = takeLock(lock);
    expect(filesBeside(lock)).toHaveLength(3);
    release(taken);
    expect(filesBeside(lock)).toEqual([]);
  });

  test('that its maker is about to write into is not taken over', async () => {
    const lock = freshLock();
    writeFileSync(lock, '');
    const text = claim({ pid: process.pid });
    const late = `setTimeout(() => fs.writeFileSync(${JSON.stringify(lock)}, ${JSON.stringify(text)}), 20); fs.writeSync(1, '.')`;
    const maker = spawn(process.execPath, ['-e', late]);
    await once(maker.stdout, 'data');
    expect(takeLock(lock)).toHaveProperty('holder.pid', process.pid);
  });

  test.each<[string, (lock: string) => void]>([
    ['a symbolic link', (lock) => symlinkSync('nowhere', lock)],
    ['a symbolic link to itself', (lock) => symlinkSync(lock, lock)],
    ['a pipe', (lock) => expect(spawnSync('mkfifo', [lock]).status).toBe(0)],
    ['a folder', (lock) => mkdirSync(lock)],
    ['a large file', (lock) => writeFileSync(lock, '\0'.repeat(5000))],
    ['another text', (lock) => writeFileSync(lock, 'null')],
    ['a text without a process', (lock) => writeFileSync(lock, claim({}))],
    ['a text of all processes', (lock) => writeFileSync(lock, claim({ pid: -1 }))],
    ['a text of half a process', (lock) => writeFileSync(lock, claim({ pid: 1.5 }))],
    ['a text whose process is a name', (lock) => writeFileSync(lock, claim({ pid: '1' }))],
    ['a text without a host', (lock) => writeFileSync(lock, claim({ pid: 1, host: null }))],
    ['a text whose mark is a path', (lock) => writeFileSync(lock, claim({ pid: 1, nonce: '/../../../etc/xy' }))],
    ['a text whose mark is none', (lock) => writeFileSync(lock, claim({ pid: 1, nonce: ['0123456789abcdef'] }))],
    ['a text whose start is none', (lock) => writeFileSync(lock, claim({ pid: 1, start: 5 }))],
  ])('is not %s, which is named and left alone', (_, make) => {
    const lock = freshLock();
    make(lock);
    for (const use of [holderOf, takeLock])
      expect(problemsOf(() => use(lock))).toEqual(['.repro/runs/run.lock is no lock of a run']);
    expect(filesBeside(lock)).toEqual(['run.lock']);
  });

  test('does not go round in circles', () => {
    const lock = freshLock();
    for (const path of [lock, `${lock}.0123456789abcdef`]) writeFileSync(path, claim({ pid: deadPid() }));
    expect(problemsOf(() => takeLock(lock))[0]).toContain('is no lock of a run');
  });

  test('in whose place something else was put while it was held is let go without an error', () => {
    const lock = freshLock();
    const taken = takeLock(lock);
    rmSync(lock);
    mkdirSync(lock);
    expect(() => release(taken)).not.toThrow();
  });

  test('of another machine is held', () => {
    const lock = freshLock();
    writeFileSync(lock, claim({ pid: deadPid(), host: 'elsewhere' }));
    expect(takeLock(lock)).toHaveProperty('holder.host', 'elsewhere');
  });

  test('cannot be made where there is no folder', () => {
    expect(() => takeLock(join(folder, 'none', 'run.lock'))).toThrow('ENOENT');
  });
});

test('what is left of locks of writers that died is removed where there is no journal, and nothing else', () => {
  const store = openStore(mkdtempSync(join(folder, 'store-')));
  mkdirSync(store.runs, { recursive: true });
  const dead = claim({ pid: deadPid() });
  const files = {
    '20200101-000000-dead.lock': dead,
    '20200101-000000-dead.lock.0123456789abcdef': dead,
    '20200102-000000-made.lock.k3f9': dead,
    '20200103-000000-kept.lock': dead,
    '20200103-000000-kept.jsonl': '',
    '20200104-000000-here.lock': claim({ pid: process.pid, start: startOf(process.pid) }),
    '20200105-000000-away.lock': claim({ pid: deadPid(), host: 'elsewhere' }),
    '20200106-000000-none.lock': '',
    '20200107-000000-text.lock': 'null',
    'mine.lock': dead,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(store.runs, name), text);
  removeLeftOvers(store);
  expect(readdirSync(store.runs).sort()).toEqual(Object.keys(files).slice(3).sort());
  rmSync(store.folder, { recursive: true });
  expect(() => removeLeftOvers(store)).not.toThrow();
});

test.runIf(process.platform === 'linux')('a process that was killed and is only waited for does not live', async () => {
  // The shell becomes a program that never asks how the shell's child ended.
  const shell = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 20']);
  const [text] = (await once(shell.stdout, 'data')) as [Buffer];
  const pid = Number(text);
  const isZombie = () => / Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  await expect.poll(isZombie).toBe(true);
  expect(startOf(pid)).toBeUndefined();
  expect(isLiving(pid, '1')).toBe(false);
  expect(isLiving(process.pid, startOf(process.pid))).toBe(true);
  shell.kill('SIGKILL');
});

/** Takes and lets go of a lock many times; counts by a file that none else may have made meanwhile. */
const CONTENDER = `
import { closeSync, linkSync, openSync, unlinkSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { takeLock } from './src/store/lock.js';
const { lock, witness, left, rounds, index, dead, host } = workerData;
let held = 0;
let wrong = 0;
for (let i = 0; i < rounds; i++) {
  const taken = takeLock(lock);
  if ('holder' in taken) continue;
  held++;
  try {
    closeSync(openSync(witness, 'wx'));
    unlinkSync(witness);
  } catch {
    wrong++;
  }
  taken.release();
  // Now and then a writer dies and leaves its lock.
  if (i % 3 === 0) {
    try {
      const nonce = String(4 * i + index).padStart(16, '0');
      writeFileSync(left + index, JSON.stringify({ pid: dead, host, nonce }));
      linkSync(left + index, lock);
    } catch {}
  }
}
parentPort.postMessage({ held, wrong });
`;

test('a lock that many want, some of which die with it, is never held by two', async () => {
  const lock = freshLock();
  const script = join(folder, 'contender.cjs');
  const stdin = { contents: CONTENDER, resolveDir: join(import.meta.dirname, '..', '..') };
  buildSync({ stdin, outfile: script, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning' });
  const common = {
    lock,
    witness: join(folder, 'witness'),
    left: join(folder, 'left'),
    rounds: 400,
    dead: deadPid(),
    host: hostname(),
  };
  const counts = await Promise.all(
    [0, 1, 2, 3].map(async (index) => {
      const worker = new Worker(script, { workerData: { ...common, index } });
      const [counted] = (await once(worker, 'message')) as [{ held: number; wrong: number }];
      return counted;
    }),
  );
  expect(counts.map(({ wrong }) => wrong)).toEqual([0, 0, 0, 0]);
  expect(counts.reduce((sum, { held }) => sum + held, 0)).toBeGreaterThan(100);
  release(takeLock(lock));
  expect(existsSync(lock)).toBe(false);
});
