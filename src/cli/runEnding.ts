import type { Repeat, RunPlan, RunStatus } from '../run/record.js';
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

/** Whether a repeat, as they are in their order, is the last that is wanted; if so, the run ends. */
export async function lastRepeatOf({ until }: RunPlan, ending: RunEnding): Promise<(repeat: Repeat) => boolean> {
  if (until === null) return () => false;
  const { precisionWatch } = await import('../analysis/precision.js');
  const watch = precisionWatch(until);
  return ({ score }) => {
    const last = watch.add(score);
    if (last) ending.end('precise');
    return last;
  };
}
