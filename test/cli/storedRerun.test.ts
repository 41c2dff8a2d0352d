import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { program, storeFolder } from './stored.js';

describe('repro rerun', () => {
  test('a seeded program, and one whose seed was drawn, give the recorded bits again, and nothing is kept of that', () => {
    const folder = storeFolder();
    for (const seed of [['--seed', '1'], []]) {
      const digest = folder.repro(['run', ...seed, '-r', '4', '-f', 'digest', ...program]).stdout.trim();
      const kept = folder.ids();
      const { status, stdout } = folder.repro(['rerun', 'last']);
      expect(status).toBe(0);
      expect(stdout).toContain('reproducible: the same bits in 4 repeats: scores and metrics');
      expect(stdout).toContain(`${digest} now and in run ${kept.at(-1)}`);
      expect(folder.ids()).toEqual(kept);
    }
  });

  test('networks on every backend do, all repeats and one from the middle', () => {
    const folder = storeFolder();
    for (const args of [
      ['-b', 'theano'],
      ['-b', 'seedrandom', '--seed', 'a'],
      ['--unseeded', '-b', 'tensorflow'],
    ]) {
      folder.repro(['run', '-r', '9', ...args, 'epochs=20']);
      expect(folder.repro(['rerun', 'last'])).toMatchObject({ status: 0 });
      const { status, stdout } = folder.repro(['rerun', 'last', '--repeat', '7']);
      expect(status).toBe(0);
      expect(stdout).toContain('the same bits in 1 repeat: scores and final weights');
    }
  });

  test('of a run that was interrupted the repeats that are kept are compared', () => {
    const folder = storeFolder();
    folder.repro(['run', '--seed', '1', '-r', '5', ...program], { SIGNALS: '4:INT' });
    const { status, stdout } = folder.repro(['rerun', 'last']);
    expect(status).toBe(0);
    expect(stdout).toContain('the same bits in 3 repeats');
  });

  test('a program that ignores its seed is divergent, though the seed that the run drew was replayed', () => {
    const folder = storeFolder();
    folder.write('clock.sh', 'echo "loss: $$"\n');
    folder.repro(['run', '-r', '3', '--metric', 'loss', '--', 'sh', 'clock.sh']);
    const { status, stdout } = folder.repro(['rerun', 'last']);
    expect(status).toBe(1);
    expect(stdout).toContain('divergent: the same bits in 0 of 3 repeats');
    expect(stdout).toMatch(/^first difference +repeat 1, the score$/m);
    expect(stdout).toContain('the command has no {seed}');
    expect(stdout).not.toContain('has no seed');
    const { judgements } = JSON.parse(folder.repro(['rerun', 'last', '-f', 'json']).stdout);
    expect(judgements).toMatchObject([{ outcome: 'failed', verdict: 'divergent' }]);
  });

  test('a recorded score that is another one is found at its repeat', () => {
    const folder = storeFolder();
    folder.write('part.sh', '[ "$REPRO_REPEAT" = 2 ] && echo "loss: 4" || echo "loss: 5"\n');
    folder.repro(['run', '-r', '3', '--metric', 'loss', '--', 'sh', '-c', '. ./part.sh']);
    folder.write('part.sh', 'echo "loss: 5"\n');
    const { status, stdout } = folder.repro(['rerun', 'last']);
    expect(status).toBe(1);
    expect(stdout).toContain('the same bits in 2 of 3 repeats');
    expect(stdout).toMatch(/^first difference +repeat 2, the score$/m);
    expect(folder.repro(['rerun', 'last', '--repeat', '3', '-q'])).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('what has changed, or comes from another version, cannot be executed as it was', () => {
    const folder = storeFolder();
    folder.repro(['run', '-r', '2', ...program]);
    folder.write('program.sh', 'echo "loss: 1"\n');
    const changed = folder.repro(['rerun', 'last']);
    expect(changed).toMatchObject({ status: 2, stdout: '' });
    expect(changed.stderr).toContain('cannot be executed as it was: program.sh has changed');
    const secret = ['--metric', 'loss', '--', 'sh', '-c', 'echo loss: 1', '--api-key=sk-abcdefghijklmnopqrstuvwx'];
    folder.repro(['run', '-r', '1', ...secret]);
    const redacted = folder.repro(['rerun', 'last']);
    expect(redacted).toMatchObject({ status: 2, stdout: '' });
    expect(redacted.stderr).toContain('holds what looks like a secret');
  });

  test('a repeat that fails now and did not is told, with exit code 3; one that failed then as well is the same', () => {
    const folder = storeFolder();
    folder.write('state.sh', '[ -e broken ] && exit 7; echo "loss: 1"\n');
    const run = ['run', '-r', '2', '--metric', 'loss', '--', 'sh', '-c', '. ./state.sh'];
    expect(folder.repro(run).status).toBe(0);
    folder.write('broken', '');
    const failed = folder.repro(['rerun', 'last']);
    expect(failed.status).toBe(3);
    expect(failed.stderr).toMatch(/repeat 1 failed, which it did not in run /);
    expect(folder.repro(run).status).toBe(3);
    expect(folder.repro(['rerun', 'last']).status).toBe(0);
  });

  test('repeats at once that would write the same file are refused', () => {
    const folder = storeFolder();
    folder.write('file.sh', 'echo "loss: 1" | tee out.txt\n');
    folder.repro(['run', '-r', '2', '--artifact', 'out.txt', '--metric', 'loss', '--', 'sh', 'file.sh']);
    const { status, stderr } = folder.repro(['rerun', 'last', '-j', '2']);
    expect(status).toBe(2);
    expect(stderr).toContain('would write the same file, out.txt');
    expect(folder.repro(['rerun', 'last']).status).toBe(0);
  });

  test('a signal ends it, with its exit code', () => {
    const folder = storeFolder();
    folder.repro(['run', '-r', '4', ...program]);
    const { status, stdout, stderr } = folder.repro(['rerun', 'last'], { SIGNALS: '3:INT' });
    expect({ status, stdout }).toEqual({ status: 130, stdout: '' });
    expect(stderr).toContain('interrupted before all repeats');
  });

  test('a run without a repeat left has nothing to compare', () => {
    const folder = storeFolder();
    folder.repro(['run', '-r', '2', ...program]);
    const [path = ''] = folder.journals();
    writeFileSync(path, `${readFileSync(path, 'utf8').split('\n').slice(0, 2).join('\n')}\n`);
    expect(folder.repro(['rerun', 'last'])).toMatchObject({ status: 2, stdout: '' });
  });
});
