import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { ReproError } from '../errors.js';

/** A file to write a result to, opened before anything is executed, emptied when the first text is written. */
export interface OutputFile {
  write(text: string): void;
  close(): void;
}

export function openOutputFile(path: string, cwd: string): OutputFile {
  const attempt = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw new ReproError(`cannot write ${path}: ${reason(error)}`, { cause: error });
    }
  };
  const file = attempt(() => openSync(resolve(cwd, path), 'a'));
  const regular = fstatSync(file).isFile();
  let emptied = !regular;
  return {
    write(text) {
      attempt(() => {
        if (!emptied) ftruncateSync(file);
        emptied = true;
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      });
    },
    close: () => attempt(() => closeSync(file)),
  };
}

const REASONS: Record<string, string> = {
  ENOENT: 'no such folder',
  EACCES: 'permission denied',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'no space left on the device',
};

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code !== undefined && REASONS[code]) || message;
}
