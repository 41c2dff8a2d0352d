import { resolve } from 'node:path';
import { ReproError } from '../errors.js';
import type { ProgramRun } from './executeRuns.js';
import { filled } from './placeholders.js';
import { seedOfRepeat } from './seedOfRepeat.js';

/** Repeats of a run that are looked at: what the names of two do not tell apart, those of others do not. */
const LOOKED_AT = 2;

/** The files that a repeat writes and that belong to its result: as they are named, and absolute. */
function writtenBy({ plan, prepared }: ProgramRun, index: number): ReadonlyMap<string, string> {
  const { experiment } = plan;
  if (experiment.kind !== 'command' || prepared.kind !== 'command') return new Map();
  const { artifacts, metrics } = experiment;
  const names = [...artifacts, ...metrics.flatMap((metric) => (metric.from === 'file' ? [metric.file] : []))];
  const given = { seed: seedOfRepeat(plan, index), repeat: index + 1 };
  return new Map(names.map((name) => [resolve(prepared.cwd, filled(name, given)), name]));
}

/**
 * Whether each of several repeats that are executed at once has files of its own, so that none reads or hashes what another writes.
 *
 * @param jobs repeats at once
 * @throws ReproError for a file that two would write
 */
export function checkWrittenApart(runs: readonly ProgramRun[], jobs: number): void {
  const taken = new Set<string>();
  for (const run of runs) {
    for (let index = 0; index < Math.min(LOOKED_AT, run.plan.repeats); index++) {
      for (const [path, name] of writtenBy(run, index)) {
        if (taken.has(path)) {
          throw new ReproError(`with --jobs ${jobs}, repeats at work at once would write the same file, ${name}`, {
            hint:
              runs.length === 1
                ? 'put {repeat} into its name, in the command too, or leave out --jobs'
                : 'give each command a name of its own for it with {repeat} in it, or leave out --jobs',
          });
        }
        taken.add(path);
      }
    }
  }
}
