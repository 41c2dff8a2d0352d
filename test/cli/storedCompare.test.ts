import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { program, storeFolder } from './stored.js';

describe('repro compare of runs that are kept', () => {
  test('a run is compared with another, and with an experiment that is executed now', () => {
    const folder = storeFolder();
    folder.repro(['run', '--seed', '1', '-r', '8']);
    folder.repro(['run', '--seed', '2', '-r', '8']);
    const [one = '', other = ''] = folder.ids();
    const both = folder.repro(['compare', one, other]);
    expect(both.status).toBe(0);
    expect(both.stdout).toContain(`article ${one.slice(-4)}`);
    expect(both.stdout).toContain(`article ${other.slice(-4)}`);
    const { stdout } = folder.repro([
      'compare',
      `old=${one}`,
      'last',
      'article',
      '--seed',
      '1',
      '-r',
      '8',
      '-f',
      'json',
    ]);
    const { runs, arms } = JSON.parse(stdout);
    expect((arms ?? runs).map(({ label }: { label: string }) => label)).toEqual([
      ...['old', `article ${other.slice(-4)}`, 'article'],
    ]);
  });

  test('a run is compared as its file is', () => {
    const folder = storeFolder();
    folder.repro(['run', '--seed', '1', '-r', '8', '-o', 'one.json', ...program]);
    folder.repro(['run', '--seed', '2', '-r', '8', '-o', 'two.json', ...program]);
    const [one = '', two = ''] = folder.ids();
    const files = folder.repro(['compare', 'a=one.json', 'b=two.json']);
    expect(folder.repro(['compare', `a=${one}`, `b=${two}`])).toEqual(files);
  });

  test('what is neither a run nor an experiment is told', () => {
    const folder = storeFolder();
    folder.repro(['run', '--seed', '1', '-r', '6']);
    expect(folder.repro(['compare', 'last', '20200101']).stderr).toContain('there is no run "20200101"');
    expect(folder.repro(['compare', 'nothing', 'last']).stderr).toContain('no experiment "nothing"');
  });

  test('what looks like a secret in a command is in no label', () => {
    const folder = storeFolder();
    const secret = ['--token=ghp_abcdefghijklmnopqrstuvwxyz0123456789'];
    const { status, stdout } = folder.repro([
      'compare',
      '-r',
      '6',
      ...program,
      ...secret,
      'a',
      ...program.slice(2),
      ...secret,
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain('[redacted]');
    expect(stdout).not.toContain('ghp_');
  });

  test('a run is not overwritten by the comparison', () => {
    const folder = storeFolder();
    folder.repro(['run', '--seed', '1', '-r', '6']);
    const [path = ''] = folder.journals();
    const { status, stderr } = folder.repro(['compare', 'last', 'article', '-f', 'json', '-o', path]);
    expect(status).toBe(2);
    expect(stderr).toContain('would overwrite a run that is compared');
  });

  test('a journal is not taken for an experiment, but its run asked for by its id', () => {
    const folder = storeFolder();
    folder.repro(['run', '--seed', '1', '-r', '6']);
    const [path = ''] = folder.journals();
    writeFileSync(path, `x${readFileSync(path, 'utf8')}`);
    for (const operand of [path, `old=${path}`]) {
      const { status, stderr } = folder.repro(['compare', operand, 'article']);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^repro: \.repro\/runs\/\S+\.jsonl is the journal of a run: name the run by its id\n/);
    }
  });
});
