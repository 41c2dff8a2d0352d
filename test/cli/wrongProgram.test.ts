import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { binary, repro } from './command.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'repro wrong-'));
  writeFileSync(join(folder, 'train.mjs'), 'export default () => 1;\n');
  writeFileSync(join(folder, 'none.yaml'), 'name: x\ncommand: [no-such-program]\ncleanup: [./none]\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a run says that is refused. */
function refusal(...args: string[]): string {
  const { status, stdout, stderr } = repro(['run', ...args], { cwd: folder });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  return stderr;
}

describe('a flag that the experiment has no part for says whose it is, in one line', () => {
  const METRIC = 'is for commands: modules return their metrics, and networks have score.metric';
  test.each([
    ['--metric', METRIC, ['--metric', 'loss']],
    ['--metric-time', METRIC, ['--metric-time']],
    ['--artifact', 'is for commands: no other experiment writes files', ['--artifact', 'model.bin']],
    ['--ignore-failure', 'is for commands: no other experiment has an exit code', ['--ignore-failure']],
  ])('%s', (flag, whose, args) => {
    expect(refusal('train.mjs', ...args)).toBe(`repro: ${flag} ${whose}\n`);
    expect(refusal('article', ...args)).toBe(`repro: ${flag} ${whose}\n`);
  });

  test('those of programs with a network, and the backend with a command', () => {
    const whose = 'is for commands and modules';
    expect(refusal('article', '--timeout', '3s')).toBe(`repro: --timeout 3s ${whose}\n`);
    expect(refusal('article', '--direction', 'higher')).toBe(`repro: --direction higher ${whose}\n`);
    expect(refusal('article', '--retry', '2')).toBe(`repro: --retry 2 ${whose}\n`);
    expect(refusal('-b', 'theano', '--', 'true')).toBe(
      'repro: --backend theano is for networks and modules: commands draw their own numbers\n',
    );
  });

  test('a part that is set by its key is unknown, as any other', () => {
    expect(refusal('article', 'metrics=[loss]')).toMatch(/^repro: metrics=\[loss\]: unknown key "metrics"/);
  });
});

describe('a command that cannot be started is told in a sentence, at its place', () => {
  test('behind --', () => {
    expect(refusal('--', 'no-such-program', 'x')).toBe('repro: --: there is no program "no-such-program" in PATH\n');
    expect(refusal('--', './none')).toBe('repro: --: ./none is not there\n');
    expect(refusal('--', '', 'x')).toBe('repro: --: there is no program: the first word is empty\n');
    // Words, not YAML.
    expect(refusal('--', 'no-such-program', '['.repeat(500))).toMatch(/^repro: --: there is no program/);
  });

  test('in a file, and beside it', () => {
    expect(refusal('none.yaml')).toBe('repro: none.yaml:2:11 there is no program "no-such-program" in PATH\n');
    expect(refusal('none.yaml', 'command=[true]')).toBe('repro: none.yaml:3:11 ./none is not there\n');
    expect(refusal('setup=[no-such-program]', '--', 'true')).toBe(
      'repro: setup=[no-such-program]: there is no program "no-such-program" in PATH\n',
    );
  });
});

describe('--try-metric -', () => {
  const tried = (input: string) => {
    const args = [binary, 'run', '--metric', 'loss', '--try-metric', '-'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, input, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  test('reads stdin', () => {
    const stdout = 'loss = 0.25  # loss on stdout\n  line 2: loss: 0.25 → 0.25\n';
    expect(tried('x\nloss: 0.25\n')).toEqual({ status: 0, stdout, stderr: '' });
    expect(tried('')).toEqual({
      ...{ status: 3, stdout: 'loss = nothing: stdout is empty  # loss on stdout\n', stderr: '' },
    });
  });
});
