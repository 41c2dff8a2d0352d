import { join } from 'node:path';
import { printable } from '../text/printable.js';

/** Where the runs of a folder are kept: a journal each, and a lock beside it while it is written. */
export interface Store {
  /** `.repro`, as a path. */
  readonly folder: string;
  /** `.repro/runs`, as a path. */
  readonly runs: string;
}

/** A run that is kept. */
export interface RunEntry {
  readonly id: string;
  readonly path: string;
  /** The path of its lock. */
  readonly lock: string;
  /** Its journal's name, as messages show it. */
  readonly shown: string;
}

/** The store of a folder; nothing is looked at or written yet. */
export function openStore(cwd: string): Store {
  const folder = join(cwd, '.repro');
  return { folder, runs: join(folder, 'runs') };
}

/** Where a run of this id is kept, whether there is one or not. */
export function entryOf({ runs }: Store, id: string): RunEntry {
  const path = join(runs, id);
  return { id, path: `${path}.jsonl`, lock: `${path}.lock`, shown: `.repro/runs/${printable(id)}.jsonl` };
}
