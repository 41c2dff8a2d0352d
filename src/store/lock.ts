import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { isLiving, startOf } from './livingProcess.js';
import { ownMark } from './ownMark.js';

/** Who writes a run, as its lock says. */
export interface Writer {
  readonly pid: number;
  readonly host: string;
  /** When its process began, where that is known. */
  readonly start?: string | undefined;
  /** 16 hexadecimal digits that no other lock has. */
  readonly nonce: string;
}

/** A lock's file and whom it names: nobody, if a power cut has taken its text. */
interface Claim {
  readonly path: string;
  readonly writer: Writer | undefined;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

/** Makes a file that is whole as soon as it is there; false if there is one already. */
function makeWhole(path: string, text: string): boolean {
  const fresh = `${path}.${ownMark().toString(36)}`;
  try {
    writeFileSync(fresh, text, { flag: 'wx' });
    linkSync(fresh, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error) ?? '')) throw error;
    return makeAlone(path, text);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Makes one on a file system without hard links, where for a moment the file is empty. */
function makeAlone(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function parseWriter(text: string): Writer | undefined {
  try {
    const writer = JSON.parse(text) as Writer;
    return /^[0-9a-f]{16}$/.test(writer.nonce) ? writer : undefined;
  } catch {
    return undefined;
  }
}

/** The claim in a file; undefined where there is no such file. */
function readClaim(path: string): Claim | undefined {
  try {
    return { path, writer: parseWriter(readFileSync(path, 'utf8')) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Where whoever takes over from a dead writer puts a claim: its name is that of no other claim, ever. */
function successorOf(lock: string, { path, writer }: Claim): string {
  return writer ? `${lock}.${writer.nonce}` : `${path}.0`;
}

/** All claims, each the successor of the one before; the last one counts. */
function claimsOf(lock: string): Claim[] {
  const claims: Claim[] = [];
  for (let claim = readClaim(lock); claim; claim = readClaim(successorOf(lock, claim))) claims.push(claim);
  return claims;
}

/** Whether a writer may still write: it lives, or cannot be asked because it is on another machine. */
function mayWrite(writer: Writer): boolean {
  return writer.host !== hostname() || isLiving(writer.pid, writer.start);
}

/** Who holds a lock; undefined if nobody does, or only one that has died. */
export function holderOf(lock: string): Writer | undefined {
  const writer = claimsOf(lock).at(-1)?.writer;
  return writer && mayWrite(writer) ? writer : undefined;
}

/** Milliseconds in which a file that names nobody may yet come to name its maker. */
const PATIENCE = 250;

/** The claim that counts, which names nobody only if that stays so. */
function lastClaim(lock: string): Claim | undefined {
  const last = claimsOf(lock).at(-1);
  if (!last || last.writer) return last;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PATIENCE);
  return claimsOf(lock).at(-1);
}

/** A lock that is held, or who holds it. */
export type Taken = { readonly release: () => void } | { readonly holder: Writer };

/**
 * Takes a lock: a file that names its holder. A dead holder's file stays until the lock is released; whoever takes over makes the file
 * that follows it, which one alone can make. As the first file goes first when a lock is released, a claim behind one that
 * meanwhile was released is found out by following the files once more.
 *
 * @param lock the first file's path
 * @throws an error of the file system where no file can be made
 */
export function takeLock(lock: string): Taken {
  const nonce = ownMark().toString(16).padStart(16, '0');
  const own: Writer = { pid: process.pid, host: hostname(), start: startOf(process.pid), nonce };
  for (;;) {
    const last = lastClaim(lock);
    if (last?.writer && mayWrite(last.writer)) return { holder: last.writer };
    const path = last ? successorOf(lock, last) : lock;
    if (!makeWhole(path, JSON.stringify(own))) continue;
    if (claimsOf(lock).at(-1)?.path === path) return { release: () => releaseLock(lock, path) };
    rmSync(path, { force: true });
  }
}

/** Removes all files of a lock, the first one first; what cannot be removed is as a dead holder's. */
function releaseLock(lock: string, own: string): void {
  const paths = claimsOf(lock).map(({ path }) => path);
  try {
    for (const path of paths.includes(own) ? paths : [own]) rmSync(path, { force: true });
  } catch {
    // The store has become read-only or is gone.
  }
}
