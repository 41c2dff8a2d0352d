import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hashFile } from '../../src/provenance/hashFile.js';
import { lockFiles } from '../../src/provenance/lockFiles.js';
import { namedFiles } from '../../src/provenance/namedFiles.js';
import { temporaryFolder } from '../experiment/folder.js';

const folder = temporaryFolder();
const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);

/** FIPS 180-2, appendix B.1 */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

mkdirSync(join(folder, 'data'));
for (const name of ['train.py', 'a.yaml', 'a=b', 'train.sh', '-x', 'ü "\n.csv']) write(name, 'abc');
write('data/a.csv', '');
symlinkSync('train.py', join(folder, 'link.py'));
symlinkSync('nowhere', join(folder, 'broken'));
execFileSync('mkfifo', [join(folder, 'pipe')]);

const paths = (...words: string[]) => namedFiles(words, folder).map(({ path }) => path);

describe('the files that a command names', () => {
  test('are told by path, size and hash', () => {
    expect(namedFiles(['python', 'train.py', '--lr', '0.1'], folder)).toEqual([
      { path: 'train.py', sha256: ABC, bytes: 3 },
    ]);
  });

  test('are whole words and what stands behind =, in their order', () => {
    expect(paths('python', 'data/a.csv', '--config=a.yaml', 'a=b', '-x', 'ü "\n.csv')).toEqual([
      ...['data/a.csv', 'a.yaml', 'a=b', '-x', 'ü "\n.csv'],
    ]);
  });

  test('have the program among them if it is given as a path', () => {
    expect(paths('train.sh', 'a.yaml')).toEqual(['a.yaml']);
    expect(paths('./train.sh', 'a.yaml')).toEqual(['./train.sh', 'a.yaml']);
    expect(paths(join(folder, 'train.sh'))).toEqual([join(folder, 'train.sh')]);
  });

  test('are told once, however often and however they are written', () => {
    expect(paths('x', './a.yaml', 'a.yaml', 'data/../a.yaml', '--c=a.yaml')).toEqual(['./a.yaml']);
  });

  test('are no folders, pipes, devices or missing ones, and the empty word is none', () => {
    expect(
      paths(
        'x',
        'data',
        '.',
        'pipe',
        '/dev/zero',
        '/dev/stdin',
        'broken',
        'missing',
        '',
        '--c=',
        'a\0b',
        'x'.repeat(9999),
      ),
    ).toEqual([]);
    expect(namedFiles([], folder)).toEqual([]);
  });

  test('are told behind links', () => {
    expect(namedFiles(['x', 'link.py'], folder)).toEqual([{ path: 'link.py', sha256: ABC, bytes: 3 }]);
  });

  test('have size and time for a hash above 64 MiB', () => {
    write('large', '');
    truncateSync(join(folder, 'large'), 2 ** 26 + 1);
    utimesSync(join(folder, 'large'), 0, 86_400);
    expect(namedFiles(['x', 'large'], folder)).toEqual([
      { path: 'large', sha256: null, bytes: 2 ** 26 + 1, modified: '1970-01-02T00:00:00.000Z' },
    ]);
  });

  test('are hashed up to 256 MiB together', () => {
    const names = ['1', '2', '3', '4', '5'];
    for (const name of names) {
      write(name, '');
      truncateSync(join(folder, name), 2 ** 26);
    }
    const hashes = namedFiles(['x', ...names, 'a.yaml'], folder).map(({ sha256 }) => sha256);
    expect(hashes.slice(4)).toEqual([null, null]);
    // head -c 67108864 /dev/zero | sha256sum, GNU coreutils 9.1
    const zeros = '3b6a07d0d404fab4e23b6d34bc6696a6a312dd92821332385e5af7c01c421351';
    expect(hashes.slice(0, 4)).toEqual([zeros, zeros, zeros, zeros]);
  });
});

describe('the hash of a file', () => {
  test('is its SHA-256', () => expect(hashFile(join(folder, 'train.py'))).toBe(ABC));

  test('is that of all its pieces', () => {
    write('pieces', Buffer.alloc(3 * 2 ** 20 + 17, 'repro'));
    // yes repro | tr -d '\n' | head -c 3145745 | sha256sum, GNU coreutils 9.1
    const expected = '199890c3ef658b146340cbad473227a52a72870c37941bf874c8489379739b74';
    expect(hashFile(join(folder, 'pieces'))).toBe(expected);
  });

  test.each(['data', 'pipe', 'broken', 'missing', '/dev/zero'])('is none for %s', (name) => {
    expect(hashFile(name.startsWith('/') ? name : join(folder, name))).toBeNull();
  });
});

describe('lock files', () => {
  test('are the known names, sorted', () => {
    const names = ['uv.lock', 'requirements.txt', 'requirements-dev.txt', 'package-lock.json', 'renv.lock'];
    for (const name of [...names, 'package.json', 'my-requirements.txt', 'notes.lock']) write(name, 'abc');
    mkdirSync(join(folder, 'go.sum'));
    expect(lockFiles(folder).map(({ path }) => path)).toEqual(names.sort());
    expect(lockFiles(folder)[0]).toEqual({ path: 'package-lock.json', sha256: ABC, bytes: 3 });
  });

  test('are none in a folder that is missing', () => expect(lockFiles(join(folder, 'missing'))).toEqual([]));
});
