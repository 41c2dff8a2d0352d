import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReproError } from '../../src/errors.js';

/** Writes files into a folder, and says where they are. */
export function fileWriter(folder: string) {
  return (content: string | Uint8Array, shown = 'data/houses.csv') => {
    const path = join(folder, 'table');
    writeFileSync(path, content);
    return { path, shown };
  };
}

/** The message of the ReproError that a promise is rejected with; it is one line. */
export async function mistakeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ReproError) || error.message.includes('\n')) throw new Error(`no mistake: ${error}`);
  return error.message;
}
