import { ReproError } from '../errors.js';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of its path is not a folder',
  ELOOP: 'its symbolic links go round in circles',
  ENAMETOOLONG: 'its name is too long',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
  ERR_STRING_TOO_LONG: 'it is too large',
};

/** What to tell of a file that the operating system does not let us read. */
export function unreadable(shown: string, cause: unknown): ReproError {
  const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
  return new ReproError(`cannot read ${shown}: ${REASONS[code] ?? code}`, { cause });
}
