import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gitState } from '../../src/provenance/gitState.js';
import { temporaryFolder } from '../experiment/folder.js';

const folder = temporaryFolder();
const ENV = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [`GIT_${who}_NAME`, `GIT_${who}_EMAIL`]).map((name) => [name, 'a']),
  ),
};

const git = (cwd: string, ...words: string[]) =>
  execFileSync('git', words, { cwd, env: ENV, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

const stateOf = (cwd: string, env = {}) => gitState(cwd, { ...ENV, ...env });

let made = 0;

/** A repository with one file. */
function repository({ commit = true, words = [] as string[] } = {}): string {
  const cwd = join(folder, `repository ${made++}`);
  mkdirSync(cwd);
  git(cwd, 'init', '-q', '-b', 'main', ...words);
  writeFileSync(join(cwd, 'train.py'), 'print(1)\n');
  git(cwd, 'add', '.');
  if (commit) git(cwd, 'commit', '-q', '-m', 'first');
  return cwd;
}

describe('the state of a working tree', () => {
  test('is that of its last commit', async () => {
    const cwd = repository();
    expect(await stateOf(cwd)).toEqual({ commit: git(cwd, 'rev-parse', 'HEAD'), branch: 'main', dirty: false });
  });

  test('is found from a folder within it', async () => {
    const cwd = repository();
    mkdirSync(join(cwd, 'a/b'), { recursive: true });
    expect(await stateOf(join(cwd, 'a/b'))).toMatchObject({ commit: git(cwd, 'rev-parse', 'HEAD'), dirty: false });
  });

  test('has no commit before the first one', async () => {
    expect(await stateOf(repository({ commit: false }))).toEqual({ commit: null, branch: 'main', dirty: true });
  });

  test('has commits of SHA-256', async () => {
    const cwd = repository({ words: ['--object-format=sha256'] });
    const commit = git(cwd, 'rev-parse', 'HEAD');
    expect(commit).toHaveLength(64);
    expect(await stateOf(cwd)).toEqual({ commit, branch: 'main', dirty: false });
  });

  test('is read from packed references, and from what is newer than these', async () => {
    const cwd = repository();
    git(cwd, 'branch', 'ain');
    git(cwd, 'tag', '-a', 'v1', '-m', 'one');
    git(cwd, 'pack-refs', '--all', '--prune');
    expect(readdirSync(join(cwd, '.git/refs/heads'))).toEqual([]);
    expect(await stateOf(cwd)).toMatchObject({ commit: git(cwd, 'rev-parse', 'HEAD'), branch: 'main' });
    git(cwd, 'commit', '-q', '--allow-empty', '-m', 'second');
    expect(await stateOf(cwd)).toMatchObject({ commit: git(cwd, 'rev-parse', 'HEAD'), branch: 'main' });
    expect(git(cwd, 'rev-parse', 'HEAD')).not.toBe(git(cwd, 'rev-parse', 'ain'));
  });

  test('has no branch where HEAD is detached', async () => {
    const cwd = repository();
    git(cwd, 'checkout', '-q', '--detach');
    expect(await stateOf(cwd)).toEqual({ commit: git(cwd, 'rev-parse', 'HEAD'), branch: null, dirty: false });
  });

  test('follows a branch that stands for another', async () => {
    const cwd = repository();
    git(cwd, 'symbolic-ref', 'refs/heads/alias', 'refs/heads/main');
    writeFileSync(join(cwd, '.git/HEAD'), 'ref: refs/heads/alias\n');
    expect(await stateOf(cwd)).toMatchObject({ commit: git(cwd, 'rev-parse', 'HEAD'), branch: 'alias' });
  });

  test('has no commit where branches stand for each other', async () => {
    const cwd = repository();
    writeFileSync(join(cwd, '.git/refs/heads/main'), 'ref: refs/heads/main\n');
    expect(await stateOf(cwd)).toMatchObject({ commit: null, branch: 'main' });
  });

  test('has a branch with slashes', async () => {
    const cwd = repository();
    git(cwd, 'checkout', '-q', '-b', 'a/b');
    expect(await stateOf(cwd)).toMatchObject({ commit: git(cwd, 'rev-parse', 'HEAD'), branch: 'a/b' });
  });

  test('in a linked working tree is its own, packed or not', async () => {
    const cwd = repository();
    const linked = join(folder, 'linked tree');
    git(cwd, 'worktree', 'add', '-q', '-b', 'side', linked);
    git(linked, 'commit', '-q', '--allow-empty', '-m', 'second');
    const expected = { commit: git(linked, 'rev-parse', 'HEAD'), branch: 'side', dirty: false };
    expect(expected.commit).not.toBe(git(cwd, 'rev-parse', 'HEAD'));
    expect(await stateOf(linked)).toEqual(expected);
    git(cwd, 'pack-refs', '--all', '--prune');
    expect(await stateOf(linked)).toEqual(expected);
    appendFileSync(join(linked, 'train.py'), '2');
    expect(await stateOf(linked)).toEqual({ ...expected, dirty: true });
    expect(await stateOf(cwd)).toMatchObject({ branch: 'main', dirty: false });
  });

  test('in a submodule is its own', async () => {
    const cwd = repository();
    git(cwd, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repository(), 'sub');
    git(join(cwd, 'sub'), 'commit', '-q', '--allow-empty', '-m', 'second');
    expect(await stateOf(join(cwd, 'sub'))).toMatchObject({ commit: git(join(cwd, 'sub'), 'rev-parse', 'HEAD') });
  });

  test('is dirty with a changed, a staged or a removed file, and not with a new one that is not tracked', async () => {
    const cwd = repository();
    writeFileSync(join(cwd, 'new.py'), '');
    expect(await stateOf(cwd)).toMatchObject({ dirty: false });
    appendFileSync(join(cwd, 'train.py'), 'print(2)\n');
    expect(await stateOf(cwd)).toMatchObject({ dirty: true });
    git(cwd, 'add', 'train.py');
    expect(await stateOf(cwd)).toMatchObject({ dirty: true });
    git(cwd, 'reset', '-q', '--hard');
    expect(await stateOf(cwd)).toMatchObject({ dirty: false });
    rmSync(join(cwd, 'train.py'));
    expect(await stateOf(cwd)).toMatchObject({ dirty: true });
  });

  test('is dirty when more files have changed than git can tell in what is kept of its output', async () => {
    const cwd = repository();
    for (let i = 0; i < 600; i++) writeFileSync(join(cwd, `${i}${'x'.repeat(200)}`), '');
    git(cwd, 'add', '.');
    expect(await stateOf(cwd)).toMatchObject({ dirty: true });
  });

  test('is known but for changes where git is missing, broken or slow', async () => {
    const cwd = repository();
    const expected = { commit: git(cwd, 'rev-parse', 'HEAD'), branch: 'main', dirty: null };
    const PATH = join(folder, 'bin');
    mkdirSync(PATH);
    expect(await stateOf(cwd, { PATH })).toEqual(expected);
    for (const does of ['exit 1', 'echo changed; /bin/sleep 60 & /bin/sleep 60', 'kill -9 $$']) {
      writeFileSync(join(PATH, 'git'), `#!/bin/sh\n${does}\n`);
      chmodSync(join(PATH, 'git'), 0o755);
      expect(await stateOf(cwd, { PATH })).toEqual(expected);
    }
  });

  test('is not that of the repository whose hook runs', async () => {
    const cwd = repository();
    const other = repository();
    appendFileSync(join(other, 'train.py'), '2');
    const env = { GIT_DIR: join(other, '.git'), GIT_WORK_TREE: other, GIT_INDEX_FILE: join(other, '.git/index') };
    expect(await stateOf(cwd, env)).toEqual({ commit: git(cwd, 'rev-parse', 'HEAD'), branch: 'main', dirty: false });
  });

  test('runs no program that the repository names, and leaves its index as it is', async () => {
    const cwd = repository();
    const hook = join(cwd, 'hook.sh');
    writeFileSync(hook, `#!/bin/sh\ntouch '${cwd}/ran'\n`);
    chmodSync(hook, 0o755);
    git(cwd, 'config', 'core.fsmonitor', `'${hook}'`);
    // git would write down that the file is the same in spite of its time.
    utimesSync(join(cwd, 'train.py'), 1, 1);
    const index = readFileSync(join(cwd, '.git/index'));
    expect(await stateOf(cwd)).toMatchObject({ dirty: false });
    expect(readdirSync(cwd)).not.toContain('ran');
    expect(readFileSync(join(cwd, '.git/index')).equals(index)).toBe(true);
  });

  test('is none outside a repository, nor in a folder that only looks like one', async () => {
    const cwd = join(folder, 'plain');
    mkdirSync(join(cwd, '.git'), { recursive: true });
    expect(await stateOf(cwd)).toBeNull();
    rmSync(join(cwd, '.git'), { recursive: true });
    writeFileSync(join(cwd, '.git'), 'gitdir: /nowhere\n');
    expect(await stateOf(cwd)).toBeNull();
    expect(await stateOf(join(folder, 'missing'))).toBeNull();
  });
});
