import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { program, storeFolder } from './stored.js';

/** Makes the store of a folder a small file system of its own; false where mounting is refused. */
function mountStore(cwd: string): boolean {
  const place = join(cwd, '.repro');
  mkdirSync(place);
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'repro-test', place]);
  if (mount.status === 0) onTestFinished(() => void spawnSync('umount', ['-l', place]));
  return mount.status === 0;
}

describe('a run that cannot be saved', () => {
  test('because the disk is full says how many repeats that concerns, and how they are had again', (context) => {
    const folder = storeFolder();
    if (!mountStore(folder.cwd)) context.skip('mounting is refused here');
    folder.write('large.sh', 'head -c 3000 /dev/zero | tr "\\0" x; echo; echo "loss: 0.$1"\n');
    const command = ['--metric', 'loss', '--', 'sh', 'large.sh', '{seed}'];
    const run = folder.repro(['run', '--seed', '1', '-r', '40', '-f', 'digest', ...command]);
    expect(run.status).toBe(0);
    const [id = ''] = folder.ids();
    const told = `could not be saved: no space left on the device; repro resume ${id} executes them again when there is room`;
    expect(run.stderr).toMatch(new RegExp(`^repro: \\d+ repeats ${told}$`, 'm'));
    spawnSync('mount', ['-o', 'remount,size=1m', join(folder.cwd, '.repro')]);
    expect(folder.repro(['resume', '-f', 'digest'])).toMatchObject({ status: 0, stdout: run.stdout });
    expect(folder.listed()).toMatchObject([{ state: 'finished', repeats: 40 }]);
  });

  test('is told of a comparison as well', (context) => {
    const folder = storeFolder();
    if (!mountStore(folder.cwd)) context.skip('mounting is refused here');
    folder.write('large.sh', 'head -c 3000 /dev/zero | tr "\\0" x; echo; echo "loss: 0.$1"\n');
    const command = ['--', 'sh', 'large.sh', '{seed}'];
    const { status, stderr } = folder.repro([
      'compare',
      '-r',
      '30',
      '--seed',
      '1',
      '--metric',
      'loss',
      ...command,
      ...command,
    ]);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^repro: \d+ repeats? could not be saved: no space left on the device; repro resume /m);
  });

  test('because its journal was removed meanwhile says so at the end', () => {
    const folder = storeFolder();
    folder.write('clean.sh', 'rm -rf .repro; echo "loss: 1"\n');
    const { status, stderr } = folder.repro(['run', '-r', '2', '--metric', 'loss', '--', 'sh', 'clean.sh']);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^repro: the journal of run \S+ is gone from the disk: nothing of the run is kept$/m);
    expect(existsSync(join(folder.cwd, '.repro'))).toBe(false);
    expect(folder.repro(['run', '-r', '1', ...program]).stderr).not.toContain('is gone');
  });
});
