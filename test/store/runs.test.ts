import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findRun } from '../../src/store/findRun.js';
import { listRuns } from '../../src/store/listRuns.js';
import { removeRun } from '../../src/store/removeRun.js';
import { isRunId, newRunId, startOfRun } from '../../src/store/runId.js';
import type { Store } from '../../src/store/store.js';
import { problemsOf } from '../experiment/folder.js';
import { storeMaker, writeRun } from './journals.js';

const makeStore = storeMaker();

function storeOf(...names: string[]): Store {
  const store = makeStore();
  mkdirSync(store.runs, { recursive: true });
  for (const name of names) writeFileSync(join(store.runs, name), '');
  return store;
}

const IDS = ['20251231-235959-zzzz', '20261125-213045-a3f9', '20261125-213045-k3f9'];
const three = storeOf(...IDS.map((id) => `${id}.jsonl`).reverse());

describe('the identity of a run', () => {
  test('is its time in UTC, to the 1296th part of a second, and chance', () => {
    expect(newRunId(new Date('2026-11-25T21:30:45.000Z'))).toMatch(/^20261125-213045-00[0-9a-z]{2}$/);
    expect(newRunId(new Date('2026-11-25T21:30:45.999Z'))).toMatch(/^20261125-213045-zy[0-9a-z]{2}$/);
    const ids = new Set(Array.from({ length: 100 }, () => newRunId(new Date(0))));
    expect(ids.size).toBeGreaterThan(50);
    expect([...ids].every(isRunId)).toBe(true);
  });

  test('is made of any time at all, and tells when that was, where it can', () => {
    for (const year of [1, 9999, 10_000, 275_000]) expect(newRunId(new Date(Date.UTC(year, 0)))).not.toBe('');
    expect(startOfRun(newRunId(new Date('9999-12-31T23:59:59Z')))).toEqual(new Date('9999-12-31T23:59:59Z'));
    for (const id of ['99999999-999999-zzzz', newRunId(new Date(8.64e15))]) expect(startOfRun(id)).toBeNull();
  });

  test('sorts runs by their time', () => {
    const ids = Array.from({ length: 3000 }, (_, i) => newRunId(new Date(Date.UTC(2026, 0) + i * 37)));
    expect(ids.toSorted()).toEqual(ids);
  });
});

describe('the runs of a store', () => {
  test('are listed from the oldest on, without anything else that lies there', () => {
    const store = storeOf(
      ...['20261125-213045-k3f9.jsonl', '20251231-235959-zzzz.jsonl', '20251231-235959-zzzz.lock', 'notes.jsonl'],
      ...['20261125-213045-k3f9.jsonl.swp', '20261125-213045-k3f.jsonl'],
    );
    mkdirSync(join(store.runs, '20261125-213045-aaaa.jsonl'));
    expect(listRuns(store).map(({ id }) => id)).toEqual(['20251231-235959-zzzz', '20261125-213045-k3f9']);
    expect(listRuns(store)[0]).toMatchObject({
      path: join(store.runs, '20251231-235959-zzzz.jsonl'),
      shown: '.repro/runs/20251231-235959-zzzz.jsonl',
    });
  });

  test('are none where there is no store, or a file in its place', () => {
    const store = makeStore();
    expect(listRuns(store)).toEqual([]);
    writeFileSync(store.folder, '');
    expect(listRuns(store)).toEqual([]);
  });

  test.each([
    ['last', 2],
    [IDS[1], 1],
    ['2025', 0],
    ['20261125-213045-k', 2],
    ['zzzz', 0],
    ['a3f9', 1],
  ])('are found by %s', (name, which) => {
    expect(findRun(three, name as string).id).toBe(IDS[which]);
  });

  test.each([
    ['2026', `"2026" may be any of 2 runs: ${IDS[1]}, ${IDS[2]}`],
    ['045-', 'there is no run "045-"'],
    ['zzz', '"zzz" is too short for a run: four signs of its id are needed'],
    ['2', '"2" is too short for a run'],
    ['', '"" is too short for a run'],
    ['20261125-213046-k3f9', `there is no run "20261125-213046-k3f9", did you mean "${IDS[2]}" or "${IDS[1]}"?`],
    ['\u001b[31m', 'there is no run "\\u001b[31m"'],
  ])('are not found by %j', (name, message) => {
    expect(problemsOf(() => findRun(three, name))[0]).toContain(message);
  });

  test('are not found where there are none', () => {
    expect(problemsOf(() => findRun(makeStore(), 'last'))).toEqual(['no runs are kept in this folder (.repro/runs)']);
  });

  test('can be removed, one without the others', async () => {
    const store = makeStore();
    const [first, second] = [await writeRun(store, 2), await writeRun(store, 3)];
    removeRun(store, first.id);
    expect(readdirSync(store.runs)).toEqual([`${second.id}.jsonl`]);
    expect(() => removeRun(store, first.id)).not.toThrow();
  });
});
