import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { checkModule } from '../../src/module/checkModule.js';
import { runModule } from '../../src/module/runModule.js';
import { moduleFile } from './folder.js';

const typed = Boolean((process.features as { typescript?: unknown }).typescript);

test('a file that is not there, or is a folder, is told', () => {
  const path = moduleFile('');
  expect(() => checkModule(path)).not.toThrow();
  expect(() => checkModule(`${path}.gone`)).toThrow(`cannot read ${path}.gone: no such file`);
  expect(() => checkModule(dirname(path))).toThrow(`cannot run ${dirname(path)}: it is no file`);
});

test.each(['train.ts', 'train.mts', 'train.cts'])(
  '%s runs where the engine strips types, and is refused elsewhere',
  async (name) => {
    const path = moduleFile(
      name.endsWith('.cts') ? 'exports.run = (_: unknown) => 4' : 'export const run = (_: unknown) => 4',
      name,
    );
    if (!typed) {
      const [major, minor] = process.versions.node.split('.');
      const message = `Node ${major}.${minor} does not strip types: TypeScript modules need Node 22.18 or later, or Bun`;
      expect(() => checkModule(path)).toThrow(message);
      return;
    }
    checkModule(path);
    const outcome = await runModule({
      path,
      seed: 1,
      repeat: 1,
      backend: 'theano',
      parameters: {},
      timeout: 30,
      signal: undefined,
      onStdout() {},
      onStderr() {},
    });
    expect(outcome).toMatchObject({ ending: 'returned', metrics: new Map([['score', 4]]) });
  },
);
