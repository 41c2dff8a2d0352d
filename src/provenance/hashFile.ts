import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

const PIECE = 2 ** 20;

/** Hashes as many bytes as a file has when it is opened, so that one that grows ends. */
function hashOpen(file: number): string {
  const hash = createHash('sha256');
  let left = fstatSync(file).size;
  const piece = Buffer.allocUnsafe(Math.min(left, PIECE));
  while (left > 0) {
    const count = readSync(file, piece, 0, Math.min(left, piece.length), null);
    if (count === 0) break;
    hash.update(piece.subarray(0, count));
    left -= count;
  }
  return hash.digest('hex');
}

/**
 * The SHA-256 of a file's bytes, 64 hexadecimal digits, in bounded memory.
 *
 * @returns null for what is no regular file or cannot be read; pipes and devices are not opened
 */
export function hashFile(path: string): string | null {
  try {
    if (!statSync(path).isFile()) return null;
    const file = openSync(path, 'r');
    try {
      return hashOpen(file);
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
