import { writeSync } from 'node:fs';
import { unwritable } from '../text/unwritable.js';
import { isClosedPipe } from './io.js';

/** Milliseconds until a pipe that is full, and does not block, is tried again. */
const FULL = 2;

/**
 * What `action` returns.
 *
 * @throws ReproError, which says of `name` that it cannot be written and why; an error of a closed pipe as it is
 */
export function writing<T>(name: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (isClosedPipe(error)) throw error;
    throw unwritable(name, error);
  }
}

/** Writes all of a text to an open file, terminal or pipe before it returns; throws as `writing` does. */
export function writeText(file: number, name: string, text: string): void {
  writeBytes(file, name, Buffer.from(text));
}

/** Writes bytes as `writeText` does a text. */
export function writeBytes(file: number, name: string, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writing(name, () => writeSome(file, bytes, at));
}

/** Writes what there is room for; returns how many bytes that were. */
function writeSome(file: number, bytes: Uint8Array, at: number): number {
  try {
    return writeSync(file, bytes, at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL);
    return 0;
  }
}
