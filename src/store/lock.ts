import { constants, linkSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import { ReproError } from '../errors.js';
import { printable } from '../text/printable.js';
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

/** What to tell of a file that cannot be part of a lock: whoever made it knows what it is for. */
function foreign(path: string): ReproError {
  const shown = `.repro/runs/${printable(basename(path))}`;
  return new ReproError(`${shown} is no lock of a run`, { hint: `unless repro is at work there, remove ${shown}` });
}

function isWriter(value: unknown): value is Writer {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, host, start, nonce } = value as Partial<Record<keyof Writer, unknown>>;
  return (
    Number.isSafeInteger(pid) &&
    (pid as number) > 0 &&
    typeof host === 'string' &&
    (start === undefined || typeof start === 'string') &&
    typeof nonce === 'string' &&
    /^[0-9a-f]{16}$/.test(nonce)
  );
}

/** Whom a lock's text names; undefined where a power cut has left no text, or not all of it. */
function parseWriter(text: string, path: string): Writer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (isWriter(value)) return value;
  throw foreign(path);
}

/** Bytes that a lock may have: a host's name is short. */
const LARGEST = 4096;

/** Without waiting for the other end of a pipe that has taken a file's place meanwhile. */
const READING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * The claim in a file; undefined where there is no such file.
 *
 * @throws ReproError for what is no claim: a link, a pipe, a folder, another text
 */
function readClaim(path: string): Claim | undefined {
  try {
    const stat = lstatSync(path);
    if (!stat.isFile() || stat.size > LARGEST) throw foreign(path);
    return { path, writer: parseWriter(readFileSync(path, { encoding: 'utf8', flag: READING as never }), path) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Where whoever takes over from a dead writer puts a claim: its name is that of no other claim, ever. */
function successorOf(lock: string, { path, writer }: Claim): string {
  return writer ? `${lock}.${writer.nonce}` : `${path}.0`;
}

/**
 * All claims, each the successor of the one before; the last one counts.
 *
 * @throws ReproError where one of these files is no claim, or they go round in circles
 */
function claimsOf(lock: string): Claim[] {
  const claims = new Map<string, Claim>();
  for (let claim = readClaim(lock); claim; claim = readClaim(successorOf(lock, claim))) {
    if (claims.has(claim.path)) throw foreign(claim.path);
    claims.set(claim.path, claim);
  }
  return [...claims.values()];
}

/** Whether a writer may still write: it lives, or cannot be asked because it is on another machine. */
function mayWrite(writer: Writer): boolean {
  return writer.host !== hostname() || isLiving(writer.pid, writer.start);
}

/** Who holds a lock; undefined if nobody does, or only one that has died; throws as `takeLock` does. */
export function holderOf(lock: string): Writer | undefined {
  const writer = claimsOf(lock).at(-1)?.writer;
  return writer && mayWrite(writer) ? writer : undefined;
}

/** Whether a file is what a writer left that has died; false of what names nobody, and of what is no lock's. */
export function isLeftOver(path: string): boolean {
  try {
    const writer = readClaim(path)?.writer;
    return writer !== undefined && !mayWrite(writer);
  } catch {
    return false;
  }
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
 * @throws ReproError where something stands there that is no lock, an error of the file system where no file can be made
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
  try {
    const paths = claimsOf(lock).map(({ path }) => path);
    for (const path of paths.includes(own) ? paths : [own]) rmSync(path, { force: true });
  } catch {
    // The store has become read-only or is gone, or somebody has put something else there.
  }
}
