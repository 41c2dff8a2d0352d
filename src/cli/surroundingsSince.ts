import { environmentDifferences } from '../analysis/environmentDifferences.js';
import type { Observation } from '../run/circumstances.js';
import type { StoredRun } from './storedRun.js';

/** The surroundings of a run that goes on. */
interface SurroundingsSince {
  /** Those in which it began; its time is that of all sessions that ended in order. */
  readonly around: Observation;
  /** What is no longer as it was then. */
  readonly differences: readonly string[];
}

/**
 * Holds the surroundings in which a run goes on against those in which it began.
 *
 * @param present those of now
 */
export async function surroundingsSince(
  present: Observation,
  { environment, settled }: StoredRun,
): Promise<SurroundingsSince> {
  const now = await present.settled();
  const { git, interpreter, libraries, elapsed = 0 } = environment;
  // Who had not answered when the header was written is taken to have been as now.
  const answered = {
    git: git ?? now.git,
    interpreter: interpreter ?? now.interpreter,
    libraries: libraries.length > 0 ? libraries : now.libraries,
  };
  const begun = settled ? environment : { ...environment, ...answered };
  return {
    around: { now: () => begun, settled: async () => begun, elapsed: () => elapsed + present.elapsed() },
    differences: environmentDifferences(now, begun),
  };
}
