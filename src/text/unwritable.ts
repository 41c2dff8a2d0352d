import { ReproError } from '../errors.js';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file may not grow any larger',
  EIO: 'the device fails',
};

/** Why the operating system does not let us write, in one clause. */
export function whyUnwritable(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return (code !== undefined && REASONS[code]) || message;
}

/** What to tell of something that the operating system does not let us write. */
export function unwritable(shown: string, cause: unknown): ReproError {
  return new ReproError(`cannot write ${shown}: ${whyUnwritable(cause)}`, { cause });
}
