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
