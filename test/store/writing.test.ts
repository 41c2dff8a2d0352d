import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { continueJournal } from '../../src/store/continueJournal.js';
import { createJournal } from '../../src/store/createJournal.js';
import { isBeingWritten } from '../../src/store/lockRun.js';
import { readJournal } from '../../src/store/readJournal.js';
import { openStore } from '../../src/store/store.js';
import { problemsOf, temporaryFolder } from '../experiment/folder.js';
import { header, repeats, texts } from './contents.js';
import { storeMaker, writeRun } from './journals.js';

const makeStore = storeMaker();
const folder = temporaryFolder();
const mounted: string[] = [];
afterAll(() => {
  for (const place of mounted) spawnSync('umount', ['-l', place]);
});

/** A folder on a small file system of its own; undefined where mounting is refused. */
function mountSmall(): string | undefined {
  const place = mkdtempSync(join(folder, 'small-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'repro-test', place]).status !== 0) return undefined;
  mounted.push(place);
  return place;
}

const canMount = mountSmall() !== undefined;

/** Leaves so many bytes of a small file system. */
function fill(place: string): void {
  try {
    writeFileSync(join(place, 'filler'), Buffer.alloc(1 << 20));
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
  }
}

describe('a journal that is written', () => {
  test('has every repeat in its file as soon as it was appended', async () => {
    const journal = createJournal(makeStore(), header);
    for (let number = 1; number < 5; number++) {
      journal.append(texts(number, number));
      expect(readJournal(journal.path, 'x').repeats.size).toBe(number);
    }
    expect(journal).toMatchObject({ unsaved: 0, problem: undefined });
    await journal.close();
  });

  test('is locked until it is closed, which may be asked for twice', async () => {
    const store = makeStore();
    const journal = createJournal(store, header);
    expect(isBeingWritten(store, journal.id)).toBe(true);
    expect(problemsOf(() => continueJournal(store, journal.id))[0]).toContain(`written by process ${process.pid} on`);
    await Promise.all([journal.close(), journal.close()]);
    expect(isBeingWritten(store, journal.id)).toBe(false);
    expect(() => journal.append(texts(1, 1))).toThrow('this journal is closed');
    expect(readdirSync(store.runs)).toEqual([`${journal.id}.jsonl`]);
  });

  test('takes a hundred thousand repeats in chunks', async () => {
    const journal = createJournal(makeStore(), header);
    for (let first = 1; first < 1e5; first += 1000) journal.append(texts(first, first + 999));
    await journal.close();
    expect(journal).toMatchObject({ unsaved: 0, problem: undefined });
    expect(readJournal(journal.path, 'x')).toMatchObject({ damage: [], torn: false, repeats: { size: 1e5 } });
  });
});

describe.runIf(canMount)('a full disk', () => {
  test('keeps all that fits, and the rest in memory until there is room', async () => {
    const place = mountSmall() as string;
    const journal = createJournal(openStore(place), header);
    journal.append(texts(1, 10));
    expect(journal.unsaved).toBe(0);
    journal.append(texts(11, 1000));
    expect(journal.problem).toBe('no space left on the device');
    const first = readJournal(journal.path, 'x');
    expect(first).toMatchObject({ damage: [], torn: false });
    expect(first.repeats.size).toBeGreaterThan(200);
    expect(journal.unsaved).toBe(1000 - first.repeats.size);
    journal.append(texts(1001, 1001));
    expect(journal.unsaved).toBe(1001 - first.repeats.size);
    expect(spawnSync('mount', ['-o', 'remount,size=1m', place]).status).toBe(0);
    journal.append(texts(1002, 1002));
    expect(journal).toMatchObject({ unsaved: 0, problem: undefined });
    journal.end({ status: 'finished' });
    await journal.close();
    const content = readJournal(journal.path, 'x');
    expect(content).toMatchObject({ header, damage: [], torn: false, end: { status: 'finished' } });
    expect([...content.repeats.values()]).toEqual(repeats(1, 1002));
  });

  test('is tried once more when the journal is closed, and what is unsaved then is told', async () => {
    const place = mountSmall() as string;
    const store = openStore(place);
    const journal = createJournal(store, header);
    const other = createJournal(store, header);
    fill(place);
    journal.append(texts(1, 200));
    other.append(texts(1, 200));
    expect(journal.unsaved).toBeGreaterThan(0);
    expect(other.unsaved).toBeGreaterThan(0);
    await other.close();
    expect(other.problem).toBe('no space left on the device');
    rmSync(join(place, 'filler'));
    await journal.close();
    expect(journal).toMatchObject({ unsaved: 0, problem: undefined });
  });

  test('takes no new run, of which nothing is left', () => {
    const place = mountSmall() as string;
    const store = openStore(place);
    mkdirSync(store.runs, { recursive: true });
    fill(place);
    expect(problemsOf(() => createJournal(store, header))).toEqual([
      'cannot write .repro/runs: no space left on the device',
    ]);
    expect(readdirSync(store.runs)).toEqual([]);
  });

  test('that may only be read takes no run, and none that is there goes on', async () => {
    const place = mountSmall() as string;
    const store = openStore(place);
    const { id, bytes, path } = await writeRun(store, 3);
    expect(spawnSync('mount', ['-o', 'remount,ro', place]).status).toBe(0);
    const why = 'the file system is read-only';
    expect(problemsOf(() => createJournal(store, header))).toEqual([`cannot write .repro/runs: ${why}`]);
    expect(problemsOf(() => continueJournal(store, id))).toEqual([`cannot write .repro/runs/${id}.jsonl: ${why}`]);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });
});

if (!canMount) test('a full disk', ({ skip }) => skip('mounting is refused here'));

describe('where no run can be kept', () => {
  test('because a file is in the place of the store, that is said', () => {
    const store = makeStore();
    writeFileSync(store.folder, 'mine');
    expect(problemsOf(() => createJournal(store, header))).toEqual([
      'cannot write .repro/runs: a part of its path is not a folder',
    ]);
    expect(readFileSync(store.folder, 'utf8')).toBe('mine');
  });

  test('because the folder itself is gone, that is said', () => {
    const cwd = join(folder, 'gone');
    expect(problemsOf(() => createJournal(openStore(cwd), header))).toEqual([
      'cannot write .repro/runs: no such folder',
    ]);
    expect(existsSync(cwd)).toBe(false);
  });
});

test.each([
  ['missing', (path: string) => rmSync(path), '*\n'],
  ['empty, as a full disk has left it,', (path: string) => writeFileSync(path, ''), '*\n'],
  ['the user’s own', (path: string) => writeFileSync(path, '# keep\n'), '# keep\n'],
])('a .gitignore that is %s is as it should be after the next run, with nothing beside it', async (_, change, text) => {
  const store = makeStore();
  const path = join(store.folder, '.gitignore');
  await createJournal(store, header).close();
  change(path);
  await createJournal(store, header).close();
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(readdirSync(store.folder).sort()).toEqual(['.gitignore', 'runs']);
});

test('a run is kept where no .gitignore can be', async () => {
  const store = makeStore();
  mkdirSync(join(store.folder, '.gitignore'), { recursive: true });
  const journal = createJournal(store, header);
  await journal.close();
  expect(readdirSync(store.runs)).toEqual([`${journal.id}.jsonl`]);
});
