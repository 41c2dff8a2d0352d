import { type BigIntStats, statSync } from 'node:fs';

/** What the file system knows of a path; undefined of one that leads nowhere, or can be none. */
export function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}
