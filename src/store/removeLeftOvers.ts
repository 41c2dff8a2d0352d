import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isLeftOver } from './lock.js';
import { isRunId } from './runId.js';
import type { Store } from './store.js';

/** The files of a lock, also one that is being made: `ID.lock`, `ID.lock.0123456789abcdef`. */
const LOCK_FILE = /^(.*)\.lock(?:\.|$)/;

/** Removes what is left of the locks of writers that died, of runs of which there is no journal. What cannot be removed stays. */
export function removeLeftOvers({ runs }: Store): void {
  try {
    const names = new Set(readdirSync(runs));
    for (const name of names) {
      const id = LOCK_FILE.exec(name)?.[1] ?? '';
      if (isRunId(id) && !names.has(`${id}.jsonl`) && isLeftOver(join(runs, name))) rmSync(join(runs, name));
    }
  } catch {
    // There is no store, or it may only be read: it is tidied another time.
  }
}
