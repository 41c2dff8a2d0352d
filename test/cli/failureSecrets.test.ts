import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { repro } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'repro-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('why a repeat failed', () => {
  const { status, stderr } = repro(['run', '-r', '1', '--', 'sh', '-c', 'echo api_key=sk-$(printf %024d 7)'], {
    cwd: folder,
  });
  const runs = join(folder, '.repro', 'runs');
  const journal = readdirSync(runs)
    .map((name) => readFileSync(join(runs, name), 'utf8'))
    .join('');

  test('quotes the line that is no number', () => {
    expect(status).toBe(3);
    expect(journal).toContain('the last line of stdout');
  });

  test('quotes no secret of that line, neither in the record nor in a message', () => {
    expect(journal).toContain('[redacted]');
    expect(journal).not.toContain('sk-000');
    expect(stderr).not.toContain('sk-000');
  });
});

describe('a failure', () => {
  /** What a run of a shell's script leaves in the journal and on stderr. */
  function writtenBy(script: string, flags: readonly string[]): string {
    const own = mkdtempSync(join(folder, 'run-'));
    const { stderr } = repro(['run', '-r', '1', ...flags, '--', 'sh', '-c', script], { cwd: own });
    const kept = join(own, '.repro', 'runs');
    return (
      stderr +
      readdirSync(kept)
        .map((name) => readFileSync(join(kept, name), 'utf8'))
        .join('')
    );
  }

  test('cites no value under a name that says secret', () => {
    const script = `echo '{"api": {"token": "hunter2 hunter3"}}' > a.json`;
    const written = writtenBy(script, ['--metric-file', 'a.json:api.token']);
    expect(written).toContain('api.token is');
    expect(written).not.toMatch(/hunter/);
  });

  test('cites no part of a token that is cut with its line', () => {
    const token = `gh${'p_'}${'q7Zx91a1B2'.repeat(4)}`;
    for (const length of [150, 180, 190, 195]) {
      const written = writtenBy(`printf '%0${length}d ${token}\\n' 0`, []);
      expect(written).toContain('the last line of stdout');
      expect(written).not.toContain('q7Z');
    }
  });
});
