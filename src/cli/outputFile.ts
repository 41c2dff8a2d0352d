import { closeSync, fstatSync, ftruncateSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeText, writing } from './writeText.js';

/** A file to write a result to, opened before anything is executed, emptied when the first text is written. */
export interface OutputFile {
  write(text: string): void;
  close(): void;
}

export function openOutputFile(path: string, cwd: string): OutputFile {
  const file = writing(path, () => openSync(resolve(cwd, path), 'a'));
  const regular = fstatSync(file).isFile();
  let emptied = !regular;
  return {
    write(text) {
      if (!emptied) writing(path, () => ftruncateSync(file));
      emptied = true;
      writeText(file, path, text);
    },
    close: () => writing(path, () => closeSync(file)),
  };
}
