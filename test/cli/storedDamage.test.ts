import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { program, storeFolder } from './stored.js';

const RUN = ['run', '-r', '6', '-f', 'digest', '--seed'];

/** The lines of a journal, changed; a line of a repeat begins with its number. */
function edit(path: string, change: (lines: string[]) => string[]): void {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  writeFileSync(
    path,
    change(lines)
      .map((line) => `${line}\n`)
      .join(''),
  );
}

const isRepeat = (line: string, number: number) => line.startsWith(`{"kind":"repeat","repeat":${number},`);

/** A folder with two runs of six repeats, of seed 1 and 2, the digest of the first, and a repeat's line of the second. */
function twoRuns(command: readonly string[]) {
  const folder = storeFolder();
  const [digest = ''] = ['1', '2'].map((seed) => folder.repro([...RUN, seed, ...command]).stdout);
  const [id = ''] = folder.ids();
  const [path = '', other = ''] = folder.journals();
  const foreign = (number: number) =>
    readFileSync(other, 'utf8')
      .split('\n')
      .find((line) => isRepeat(line, number)) ?? '';
  return { folder, digest, id, path, foreign };
}

describe('a finished run that has lost repeats', () => {
  test('is told of by every command that reads it, in one line, and made whole by resume', () => {
    const { folder, digest, id, path } = twoRuns(program);
    edit(path, (lines) => lines.filter((line) => !isRepeat(line, 3)));
    const told = `repro: run ${id}: 1 of 6 repeats is lost or damaged: repro resume ${id} executes it again\n`;
    const commands = [
      ['show', id],
      ['show', id, '--repeat', '1'],
      ['export', id],
      ['rerun', id],
      ['compare', id, 'last'],
      ['runs'],
    ];
    for (const command of commands) {
      const { status, stderr } = folder.repro(command);
      expect({ command, status, stderr }).toEqual({ command, status: 0, stderr: told });
    }
    expect(folder.repro(['resume', id, '-f', 'digest'])).toMatchObject({ status: 0, stdout: digest });
    for (const command of commands) expect(folder.repro(command)).toMatchObject({ status: 0, stderr: '' });
  });

  test.each([
    ['a network', []],
    ['a program', program],
  ])('of %s, whose place those of another run have taken, is found out and made whole', (_, command) => {
    const { folder, digest, id, path, foreign } = twoRuns(command);
    edit(path, (lines) => lines.map((line) => (isRepeat(line, 3) ? foreign(3) : line)));
    // A seed tells which one it is; where there is none, any of them may be wrong.
    const [count, which] = command === program ? ['1 of 6 repeats is', 'it'] : ['6 of 6 repeats are', 'them'];
    expect(folder.repro(['runs', '-f', 'plain']).stderr).toBe(
      `repro: run ${id}: ${count} lost or damaged: repro resume ${id} executes ${which} again\n`,
    );
    expect(folder.listed()).toMatchObject([{ state: 'damaged', digest: null }, { state: 'finished' }]);
    expect(folder.repro(['resume', id, '-f', 'digest'])).toMatchObject({ status: 0, stdout: digest });
    expect(folder.listed()).toMatchObject([{ state: 'finished', digest: digest.trim() }, { state: 'finished' }]);
    expect(folder.repro(['export', id, '-f', 'digest']).stdout).toBe(digest);
  });

  test.each([
    ['a network', []],
    ['a program', program],
  ])('is whole where lines of another run stand before or behind its own: %s', (_, command) => {
    const { folder, digest, id, path, foreign } = twoRuns(command);
    const whole = readFileSync(path, 'utf8');
    for (const order of [0, 1]) {
      writeFileSync(path, whole);
      edit(path, (lines) =>
        lines.flatMap((line) => {
          if (!isRepeat(line, 3)) return [line];
          return order === 0 ? [foreign(3), line] : [line, foreign(3)];
        }),
      );
      const exported = folder.repro(['export', id, '-f', 'digest']);
      expect(exported).toMatchObject({ status: 0, stdout: digest });
      expect(exported.stderr).toMatch(/^repro: \S+:6 contradicts a line before it about repeat 3\n$/);
    }
  });
});

test('a repeat with another seed than its run gives it is executed again when that goes on', () => {
  const { folder, digest, id, path, foreign } = twoRuns(program);
  edit(path, (lines) => [...lines.slice(0, 3), foreign(2)]);
  expect(folder.listed()).toMatchObject([{ state: 'killed', repeats: 1 }, {}]);
  expect(folder.repro(['resume', id, '-f', 'digest'])).toMatchObject({ status: 0, stdout: digest });
});
