import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { binary, repro } from './command.js';

vi.setConfig({ testTimeout: 120_000 });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'repro endings-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const sh = (script: string, ...args: string[]) => ['--', 'sh', '-c', script, ...args];
// In CI no baseline is recorded.
const here = (...args: string[]) => repro(args, { cwd: folder, env: { CI: '' } });

describe('a repeat without a score has failed, whatever is tolerated', () => {
  it.each([
    ['at its timeout', ['--timeout', '100ms'], 'sleep 3'],
    ['with nothing printed', [], 'exit 3'],
  ])('%s: exit 3', (_, flags, script) => {
    const { status, stdout } = here('run', '-r', '2', '--ignore-failure', '-f', 'plain', ...flags, ...sh(script));
    expect({ status, stdout }).toEqual({ status: 3, stdout: 'nan\nnan\n' });
  });

  it('there is nothing to check, and no baseline is made of it', () => {
    const { status, stdout } = here(
      'check',
      '--seed',
      '1',
      '--ignore-failure',
      '--baseline',
      'b.json',
      ...sh('exit 1'),
    );
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(existsSync(join(folder, 'b.json'))).toBe(false);
  });

  it('a report for a CI system says that there is none, in place of an earlier one', () => {
    writeFileSync(join(folder, 'r.xml'), '<testsuite/>');
    expect(here('check', '--seed', '1', '-o', 'r.xml', ...sh('exit 1')).status).toBe(3);
    expect(readFileSync(join(folder, 'r.xml'), 'utf8')).toContain('errors="1"');
  });
});

it('--fail-fast ends with the first failure in the order of repeats, however many are at work at once', () => {
  const failing = sh('echo 1; test "$0" != 5', '{repeat}');
  const digests = ['1', '4'].map(
    (jobs) =>
      here('run', '--seed', '5', '-r', '12', '--fail-fast', '-q', '-f', 'digest', '-j', jobs, ...failing).stdout,
  );
  expect(digests[0]).toMatch(/^[0-9a-f]{16}\n$/);
  expect(digests[1]).toBe(digests[0]);
});

describe('a tolerance', () => {
  const check = (...args: string[]) => here('check', '--seed', '1', '-r', '2', '--tolerance', 'abs=1', ...args).status;

  it('is for all numbers', () => {
    const noisy = sh('echo loss: 1; echo acc: $(date +%N)');
    expect(check('--metric', 'loss', '--metric', 'acc', ...noisy)).toBe(1);
    expect(check('--metric', 'loss', ...noisy)).toBe(0);
  });

  it('is not for artifacts', () => {
    expect(check('--artifact', 'm', ...sh('date +%N > m; echo 1'))).toBe(1);
  });
});

describe('an interrupt in order', () => {
  /** Executes a command until its program runs, then interrupts it. */
  async function interrupted(...args: string[]) {
    const child = spawn(process.execPath, [binary, ...args], { cwd: folder });
    const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
    await vi.waitUntil(() => existsSync(join(folder, 'running')), { timeout: 60_000, interval: 20 });
    child.kill('SIGINT');
    const [status] = await once(child, 'exit');
    return { status, stdout: await stdout, stderr: await stderr };
  }

  const cleaned = ['cleanup=[touch, cleaned]', ...sh('touch running; sleep 60; echo 1')];

  it('of a check cleans up: exit 130', async () => {
    expect(await interrupted('check', '--seed', '1', ...cleaned)).toEqual({ status: 130, stdout: '', stderr: '' });
    expect(existsSync(join(folder, 'cleaned'))).toBe(true);
  });

  it('of a comparison cleans up, saves what was done, and says how it goes on: exit 130', async () => {
    const { status, stdout, stderr } = await interrupted('compare', '--seed', '1', ...cleaned, ...sh('echo 2'));
    expect({ status, stdout }).toEqual({ status: 130, stdout: '' });
    expect(existsSync(join(folder, 'cleaned'))).toBe(true);
    const runs = readdirSync(join(folder, '.repro', 'runs'));
    const ids = runs.map((name) => name.replace('.jsonl', '')).sort();
    expect(ids).toHaveLength(2);
    expect(stderr).toMatch(/^repro: interrupted after [01] of 60 repeats: repro resume goes on with each of /);
    for (const id of ids) expect(stderr).toContain(id);
  });
});

it('a score that was there when the run was interrupted counts, though its repeat is still cleaned up', async () => {
  const args = ['run', '--seed', '1', '-r', '2', '-f', 'plain', 'cleanup=[sh, -c, "touch cleaning; sleep 1"]'];
  const child = spawn(process.execPath, [binary, ...args, ...sh('echo 7')], { cwd: folder });
  const stdout = text(child.stdout);
  await vi.waitUntil(() => existsSync(join(folder, 'cleaning')), { timeout: 60_000, interval: 20 });
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
  expect(await stdout).toBe('7\n');
});

it.runIf(existsSync('/proc'))('what a module starts is gone when its repeat is', () => {
  writeFileSync(
    join(folder, 'starts.mjs'),
    `import { spawn } from 'node:child_process';
export default () => {
  spawn('sleep', ['98.7654'], { detached: true, stdio: 'ignore' }).unref();
  return 1;
};
`,
  );
  expect(here('run', 'starts.mjs', '-r', '2', '-f', 'plain').stdout).toBe('1\n1\n');
  const left = readdirSync('/proc').filter((id) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'latin1').includes('98.7654');
    } catch {
      return false;
    }
  });
  expect(left).toEqual([]);
});
