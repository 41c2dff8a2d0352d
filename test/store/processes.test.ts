import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { continueJournal } from '../../src/store/continueJournal.js';
import { listRuns } from '../../src/store/listRuns.js';
import { isBeingWritten } from '../../src/store/lockRun.js';
import { readJournal } from '../../src/store/readJournal.js';
import { removeRun } from '../../src/store/removeRun.js';
import { openStore } from '../../src/store/store.js';
import { problemsOf, temporaryFolder } from '../experiment/folder.js';
import { header, repeats, texts } from './contents.js';

const folder = temporaryFolder();
const script = join(folder, 'writer.mjs');
buildSync({
  entryPoints: [join(import.meta.dirname, 'writer.ts')],
  outfile: script,
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
});
const freshFolder = () => mkdtempSync(join(folder, 'cwd-'));

function startWriter(cwd: string, count: number) {
  const writer = spawn(process.execPath, [script, cwd, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  writer.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  /** The run's id, and the numbers of repeats that were appended. */
  const lines = () => printed.split('\n').slice(0, -1);
  return { writer, lines, ended: once(writer, 'close') };
}

test('processes that write runs into one store at once, from the first on, do not disturb each other', async () => {
  const cwd = freshFolder();
  const count = 300;
  const writers = [1, 2, 3, 4].map(() => startWriter(cwd, count));
  await Promise.all(writers.map(({ ended }) => ended));
  const store = openStore(cwd);
  const runs = listRuns(store);
  expect(runs.map(({ id }) => id)).toEqual(writers.map(({ lines }) => lines()[0]).sort());
  for (const { path, shown } of runs) {
    const content = readJournal(path, shown);
    expect(content).toMatchObject({ header, damage: [], torn: false });
    expect([...content.repeats.values()]).toEqual(repeats(1, count));
  }
  expect(readdirSync(store.runs)).toHaveLength(4);
  expect(readFileSync(join(store.folder, '.gitignore'), 'utf8')).toBe('*\n');
});

test('a writer that is killed at any moment has lost no repeat that it had appended, and its run goes on', async () => {
  for (let kill = 0; kill < 20; kill++) {
    const cwd = freshFolder();
    const store = openStore(cwd);
    const { writer, lines, ended } = startWriter(cwd, 1e6);
    await expect.poll(() => lines().length, { interval: 1 }).toBeGreaterThan(0);
    const [id = ''] = lines();
    expect(isBeingWritten(store, id)).toBe(true);
    expect(problemsOf(() => removeRun(store, id))[0]).toContain(`is being written by process ${writer.pid}`);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
    writer.kill('SIGKILL');
    await ended;
    const appended = Number(lines().at(-1)) || 0;
    expect(isBeingWritten(store, id)).toBe(false);
    const { journal, content } = continueJournal(store, id);
    expect(content).toMatchObject({ header, damage: [] });
    const kept = content.repeats.size;
    expect(kept).toBeGreaterThanOrEqual(appended);
    expect([...content.repeats.values()]).toEqual(repeats(1, kept));
    journal.append(texts(kept + 1, kept + 5));
    await journal.close();
    const mended = readJournal(journal.path, 'x.jsonl');
    expect(mended).toMatchObject({ damage: [], torn: false });
    expect(mended.repeats.size).toBe(kept + 5);
    expect(readdirSync(store.runs)).toEqual([`${id}.jsonl`]);
  }
});

test('a file that may not grow any larger has the whole lines that fit, and the process goes on', () => {
  const cwd = freshFolder();
  // ulimit counts blocks of 512 bytes or of 1024: the numbers below hold for both.
  const command = `ulimit -f 20; exec "${process.execPath}" "${script}" "${cwd}" 1000`;
  const { stdout, stderr, status } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  const { unsaved, problem } = JSON.parse(lines.at(-1) as string);
  expect(problem).toBe('the file may not grow any larger');
  const { path } = listRuns(openStore(cwd))[0] as { path: string };
  const content = readJournal(path, 'x.jsonl');
  expect(content).toMatchObject({ header, damage: [], torn: false });
  expect(content.repeats.size).toBeGreaterThan(20);
  expect(content.repeats.size).toBe(1000 - unsaved);
  expect([...content.repeats.values()]).toEqual(repeats(1, 1000 - unsaved));
  expect(lines).toHaveLength(1000 - unsaved + 2);
});
