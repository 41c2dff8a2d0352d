import { type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { hashFile } from './hashFile.js';

/** A file by its content. */
export interface NamedFile {
  /** As it was given. */
  readonly path: string;
  /** 64 hexadecimal digits; null where it cannot be read or would take too long. */
  readonly sha256: string | null;
  readonly bytes: number;
  /** When a file without a hash last changed, ISO 8601. */
  readonly modified?: string;
}

/** Bytes above which a file is not hashed: 64 MiB take some 0.1 s. */
const LARGEST = 2 ** 26;

/** Bytes that are hashed of all files together. */
const LARGEST_SUM = 2 ** 28;

function regularFile(path: string): Stats | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() ? stats : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The regular files among paths, in their order, each once however it is written. A file of more than 64 MiB, and what comes when
 * 256 MiB have been read, has its size and time for a hash.
 *
 * @param paths from `cwd`
 */
export function filesAmong(paths: readonly string[], cwd: string): NamedFile[] {
  const files: NamedFile[] = [];
  const seen = new Set<string>();
  let left = LARGEST_SUM;
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    if (path === '' || seen.has(absolute)) continue;
    seen.add(absolute);
    const stats = regularFile(absolute);
    if (!stats) continue;
    const { size: bytes, mtime } = stats;
    const sha256 = bytes <= Math.min(LARGEST, left) ? hashFile(absolute) : null;
    if (sha256 === null) files.push({ path, sha256, bytes, modified: mtime.toISOString() });
    else {
      left -= bytes;
      files.push({ path, sha256, bytes });
    }
  }
  return files;
}
