import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { answer, type Environment } from './answer.js';

/** Where a working tree of git's stands. */
export interface GitState {
  /** Hexadecimal; null before the first commit, or where it is kept in a way that is not read here. */
  readonly commit: string | null;
  /** Null where HEAD is detached. */
  readonly branch: string | null;
  /** Whether a tracked file differs from the commit; null where git did not say so in time. */
  readonly dirty: boolean | null;
}

/** Where git keeps what it knows (gitrepository-layout(5)). */
interface GitFolders {
  /** Of this working tree: HEAD. */
  readonly own: string;
  /** Of all working trees of the repository: branches, tags. */
  readonly common: string;
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** How many references git follows from one to the next: SYMREF_MAXDEPTH in its refs.c. */
const DEPTH = 5;

function read(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** What follows a word in a file of one line. */
function behind(word: string, text: string | undefined): string | undefined {
  return text?.startsWith(word) ? text.slice(word.length).trim() : undefined;
}

/** The folders of the nearest repository, upwards; a `.git` without a HEAD is none. */
function findFolders(cwd: string): GitFolders | undefined {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const git = join(folder, '.git');
    const link = behind('gitdir:', read(git));
    const own = link === undefined ? git : resolve(folder, link);
    if (read(join(own, 'HEAD')) !== undefined) {
      const common = read(join(own, 'commondir'))?.trim();
      return { own, common: common === undefined ? own : resolve(own, common) };
    }
    if (dirname(folder) === folder) return undefined;
  }
}

/** What the file of packed references has under a name: lines of a commit, a space and a name. */
function packed(common: string, name: string): string | undefined {
  const text = read(join(common, 'packed-refs'));
  const at = text
    ?.replaceAll('\r', '')
    .split('\n')
    .find((line) => line.endsWith(` ${name}`));
  return at?.slice(0, at.indexOf(' '));
}

/** The commit that a reference leads to. */
function commitOf({ own, common }: GitFolders, name: string): string | null {
  let at = name;
  for (let step = 0; step < DEPTH; step++) {
    const text = (read(join(own, at)) ?? read(join(common, at)) ?? packed(common, at))?.trim();
    const next = behind('ref:', text);
    if (next === undefined) return text !== undefined && COMMIT.test(text) ? text : null;
    at = next;
  }
  return null;
}

/** The branch that HEAD is on. `.invalid` stands there where references are kept in tables. */
function branchOf({ own }: GitFolders): string | null {
  const name = behind('refs/heads/', behind('ref:', read(join(own, 'HEAD'))));
  return name === undefined || name === '.invalid' ? null : name;
}

/** What git sets for its hooks: it would speak of another working tree. */
const OF_HOOKS = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_PREFIX'];

async function isDirty(cwd: string, env: Environment): Promise<boolean | null> {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !OF_HOOKS.includes(name)));
  // Neither locks nor a watching process are left behind.
  const words = ['-c', 'core.fsmonitor=false', 'status', '--porcelain', '--untracked-files=no'];
  const said = await answer('git', words, cwd, { ...kept, GIT_OPTIONAL_LOCKS: '0' });
  return said && said.stdout !== '';
}

/**
 * The commit, the branch and the changes of the working tree that a folder is in. The files of git are read at once; whether tracked files have
 * changed, git itself is asked, which goes on for up to 2 s while others work.
 *
 * @returns null outside a repository
 */
export async function gitState(cwd: string, env: Environment = process.env): Promise<GitState | null> {
  const folders = findFolders(cwd);
  if (!folders) return null;
  const dirty = isDirty(cwd, env);
  return { commit: commitOf(folders, 'HEAD'), branch: branchOf(folders), dirty: await dirty };
}
