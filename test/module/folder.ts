import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'repro-module-')));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file into a folder that goes with the test file; gives its path. */
export function moduleFile(text: string, name = 'train.mjs'): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
