import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repro, root } from './cli/command.js';

const dist = join(root, 'dist');
const bundles = readdirSync(dist).filter((name) => name.endsWith('.cjs'));

describe('bundles of the command', () => {
  test('are there', () => {
    expect(bundles).toContain('reproMain.cjs');
  });

  test.each(bundles)('%s is ASCII, as what loads it takes a byte for a character', (name) => {
    const bytes = readFileSync(join(dist, name));
    expect(bytes.filter((byte) => byte > 127)).toHaveLength(0);
  });

  test('have patterns that match other characters as well', () => {
    const { status, stderr } = repro(['run', '--until', '±50%', '--seed', '1', '--no-save', '--quiet']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
