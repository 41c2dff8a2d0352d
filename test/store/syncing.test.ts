import { beforeEach, describe, expect, test, vi } from 'vitest';
import { syncing } from '../../src/store/syncing.js';
import { temporaryFolder } from '../experiment/folder.js';

/** Calls of `fdatasync` that have begun, each to be ended by hand. */
const calls = vi.hoisted(() => [] as ((error: Error | null) => void)[]);
const folders = vi.hoisted(() => [] as number[]);

vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  fdatasync: (_: number, done: (error: Error | null) => void) => calls.push(done),
  fsync: (folder: number, done: () => void) => {
    folders.push(folder);
    done();
  },
}));

beforeEach(() => {
  calls.length = 0;
  folders.length = 0;
});

const FILE = 99;

/** Whether a promise has resolved by now. */
async function isSettled(promise: Promise<void>): Promise<boolean> {
  let settled = false;
  promise.then(() => {
    settled = true;
  });
  await new Promise(setImmediate);
  return settled;
}

describe('what is due to be on the disk', () => {
  test('is put there by one call at a time, and what comes during a call by one more', async () => {
    const disk = syncing(FILE, []);
    for (let i = 0; i < 100; i++) disk.due();
    await expect.poll(() => calls.length).toBe(1);
    for (let i = 0; i < 100; i++) disk.due();
    const settled = disk.settled();
    expect(await isSettled(settled)).toBe(false);
    calls[0]?.(null);
    expect(calls).toHaveLength(2);
    expect(await isSettled(settled)).toBe(false);
    calls[1]?.(null);
    await settled;
    expect(calls).toHaveLength(2);
    expect(disk.problem).toBeUndefined();
  });

  test('waits a little for what comes next, but not where it is waited for', async () => {
    const disk = syncing(FILE, []);
    disk.due();
    expect(calls).toHaveLength(0);
    const settled = disk.settled();
    expect(calls).toHaveLength(1);
    calls[0]?.(null);
    await settled;
  });

  test('is nothing at first', async () => {
    await syncing(FILE, []).settled();
    expect(calls).toHaveLength(0);
  });

  test('is the entries of folders first, of which one that is gone is passed over', async () => {
    const folder = temporaryFolder();
    const disk = syncing(FILE, [folder, `${folder}/gone`, folder]);
    disk.due();
    expect(calls).toHaveLength(0);
    await expect.poll(() => calls.length).toBe(1);
    expect(folders).toHaveLength(2);
  });

  test('may be lost where the disk fails, which is not forgotten', async () => {
    const disk = syncing(FILE, []);
    disk.due();
    const settled = disk.settled();
    calls[0]?.(Object.assign(new Error('EIO'), { code: 'EIO' }));
    await settled;
    expect(disk.problem).toBe('the device fails');
  });
});
