import { describe, expect, test } from 'vitest';
import { keptOutput } from '../../src/run/keptOutput.js';

/** What is kept of stdout. */
function kept(text: string | Buffer, failed = false): string {
  const output = keptOutput();
  output.stdout.add(Buffer.from(text as string));
  return output.kept(failed).stdout;
}

const TOKEN = `gh${'p_'}${'a1B2c3D4e5'.repeat(4)}`;
const LINES = 'loss: 0.125 of an epoch\n'.repeat(2000);

describe('kept output', () => {
  test('is the end of what was written, the longer where the repeat failed', () => {
    expect(kept('loss: 1\n')).toBe('loss: 1\n');
    expect(kept(LINES)).toBe(LINES.slice(-2048));
    expect(kept(LINES, true)).toBe(LINES.slice(-8192));
    expect(kept(LINES.slice(0, 3000))).toBe(LINES.slice(0, 3000).slice(-2048));
  });

  test('begins with a whole sign', () => {
    expect(kept('é'.repeat(1500))).toBe('é'.repeat(1024));
    expect(kept(`a${'é'.repeat(1500)}b`)).toBe(`${'é'.repeat(1023)}b`);
    expect(kept(`${'é'.repeat(20_000)}b`)).toMatch(/^é{1020,1023}b$/);
  });

  test.each([
    ['behind its name', `--password ${'hunter2 '}`],
    ['in quotes', '"password": "hunter2 hunter2"'],
    ['by its shape', TOKEN],
    ['in an address', 'https://bob:hunter2@host'],
    ['in a list', 'passwords: ["hunter2", "hunter2"]'],
  ])('has no part of a secret %s, wherever it is cut', (_, secret) => {
    for (const failed of [false, true]) {
      const limit = failed ? 8192 : 2048;
      for (let more = -5; more <= secret.length + 5; more++) {
        for (const before of ['', `x\n${LINES.slice(-20_000)}`]) {
          const text = kept(`${before}${secret}\n${'y'.repeat(limit - more)}`, failed);
          expect(text).not.toMatch(/hunter2|nter2|1B2c3D4/);
          expect(text).toContain('yyyyy');
        }
      }
    }
  });

  test('shows nothing of a value whose name is out of sight, though many secrets have made what is kept short', () => {
    const value = 'word '.repeat(5000);
    const text = kept(`password: "${value}"\n${`${TOKEN}\n`.repeat(40)}`);
    expect(text).toContain('[redacted]');
    expect(text.length).toBeLessThan(2049);
    expect(text).not.toContain('a1B2');
  });
});
