import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { hashFile } from '../provenance/hashFile.js';

/** Bytes that a file with a number in it may have. */
const LARGEST = 64 << 20;

/** Files that a repeat is expected to write; those that it did not touch are those of another one. */
export interface WrittenFiles {
  /** The text of a file, or what is wrong with it, in one clause. */
  text(path: string): string | { readonly missing: string };
  /** SHA-256 of a file as it is when this is asked first; `null` where it was not written. */
  hash(path: string): string | null;
}

/** What changes of a file when it is written; undefined where there is none, or its path leads nowhere. */
function stateOf(path: string): string | undefined {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return undefined;
  }
}

/**
 * Looks at files before a repeat that is to write them.
 *
 * @param cwd where paths start, absolute
 */
export function watchFiles(paths: readonly string[], cwd: string): WrittenFiles {
  const before = new Map(paths.map((path) => [path, stateOf(resolve(cwd, path))]));
  const hashes = new Map<string, string | null>();
  const isWritten = (path: string, now: string | undefined) => now !== undefined && now !== before.get(path);
  return {
    text(path) {
      const file = resolve(cwd, path);
      const now = stateOf(file);
      if (now === undefined) return { missing: 'is not there' };
      if (!isWritten(path, now)) return { missing: 'was not written by this repeat: what it holds is older' };
      try {
        const stat = statSync(file);
        // Reading a pipe or a device may never end.
        if (!stat.isFile()) return { missing: 'is no regular file' };
        const { size } = stat;
        return size > LARGEST ? { missing: `is too large, ${size} bytes` } : readFileSync(file, 'utf8');
      } catch (error) {
        return { missing: `cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}` };
      }
    },
    hash(path) {
      if (!hashes.has(path)) {
        const file = resolve(cwd, path);
        hashes.set(path, isWritten(path, stateOf(file)) ? hashFile(file) : null);
      }
      return hashes.get(path) ?? null;
    },
  };
}
