import { ReproError } from '../errors.js';

/** @throws ReproError where the current folder has been removed */
export function currentFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    throw new ReproError('the current folder is not there any more; change to another one', { cause: error });
  }
}
