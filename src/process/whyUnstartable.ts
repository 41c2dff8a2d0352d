import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { printable, shownValue } from '../text/printable.js';

interface Start {
  readonly program: string;
  readonly cwd: string;
  /** Where programs are looked for, as the environment names it. */
  readonly path: string | undefined;
}

/** Whether there is a file of the program's name where it was looked for. */
function isThere({ program, cwd, path = '' }: Start): boolean {
  const folders = program.includes('/') ? [''] : path.split(':');
  return folders.some((folder) => existsSync(resolve(cwd, folder, program)));
}

function whyNotFound(start: Start): string {
  const { program, cwd } = start;
  const folder = statSync(cwd, { throwIfNoEntry: false });
  if (!folder) return `no such folder: ${printable(cwd)}`;
  if (!folder.isDirectory()) return `not a folder: ${printable(cwd)}`;
  // A script is not found either if its first line names an interpreter that is not.
  if (isThere(start)) return `the interpreter of ${shownValue(program)} is missing`;
  return `no program ${shownValue(program)}`;
}

/** Why a program could not be started, in one clause, from what the operating system or Node said. */
export function whyUnstartable(error: unknown, start: Start): string {
  const { code, errno, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return whyNotFound(start);
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'E2BIG':
      return 'the arguments are too long';
    case 'ERR_INVALID_ARG_VALUE':
      // What Node refuses by itself.
      return start.program === '' ? 'no program ""' : 'the command or its environment holds a null character';
    default:
      return getSystemErrorMap().get(errno ?? 0)?.[1] ?? printable(message);
  }
}
