import { readdirSync } from 'node:fs';
import { unreadable } from '../text/unreadable.js';
import { isRunId } from './runId.js';
import { entryOf, type RunEntry, type Store } from './store.js';

const ENDING = '.jsonl';

/** The names in a folder; none where there is no such folder. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw unreadable('.repro/runs', error);
  }
}

/** All runs of a store, the oldest first. */
export function listRuns(store: Store): RunEntry[] {
  return namesIn(store.runs)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length))
    .filter(isRunId)
    .sort()
    .map((id) => entryOf(store, id));
}
