import { hasFailed, type Repeat, type RunPlan, type RunStatus } from '../run/record.js';
import { listenToSignals } from './interruption.js';

/** Why a run ends before its last repeat: as its status says, or because its scores are enough. */
type Reason = Exclude<RunStatus, 'finished'> | 'precise';

/** What ends a run early: a signal to this process, a failure, a score that was the last one needed. */
export interface RunEnding {
  /** Aborted when the run is to end. */
  readonly signal: AbortSignal;
  end(reason: Reason): void;
  status(): RunStatus;
  /** That of the signal that came, if one did. */
  exitCode(): number | undefined;
  /** Lets signals do what they always do. */
  release(): void;
}

export function createRunEnding(): RunEnding {
  const controller = new AbortController();
  let reason: Reason | undefined;
  const end = (why: Reason) => {
    reason ??= why;
    controller.abort();
  };
  const { exitCode, release } = listenToSignals(() => end('interrupted'));
  return {
    ...{ signal: controller.signal, end, exitCode, release },
    status: () => (reason === undefined || reason === 'precise' ? 'finished' : reason),
  };
}

/**
 * Whether a repeat, as they are in their order, is the last that is wanted: one that failed, where that is to end the run, or one with
 * which the scores are enough. If so, the run ends.
 */
export async function lastRepeatOf(
  { until }: RunPlan,
  failFast: boolean,
  ending: RunEnding,
): Promise<(repeat: Repeat) => boolean> {
  const watch = until === null ? undefined : (await import('../analysis/precision.js')).precisionWatch(until);
  return (repeat) => {
    const stops = failFast && hasFailed(repeat);
    const enough = watch?.add(repeat.score) ?? false;
    if (stops || enough) ending.end(stops ? 'stopped' : 'precise');
    return stops || enough;
  };
}
