import { isReproError } from '../errors.js';
import { shownPath } from '../experiment/find.js';
import { executePlan } from '../run/executePlan.js';
import { type ExecutionMessage, encodeMessage } from '../run/executionMessage.js';
import { planRun } from '../run/plan.js';
import { prepare } from '../run/prepare.js';
import { repeatsOf } from '../run/repeats.js';
import { experimentOf } from './experiment.js';
import type { ExperimentFlags } from './flags.js';
import { isClosedPipe } from './io.js';

/** What a process is asked to execute: a command line, from the reading of its files on. */
export interface ExecutionRequest {
  readonly args: readonly string[];
  readonly flags: ExperimentFlags & { readonly sameSeed?: boolean };
  readonly cwd: string;
  /** See ExecuteOptions. */
  readonly jobs: number | undefined;
  readonly scattered: boolean;
}

async function executeTraced(request: ExecutionRequest, send: (message: ExecutionMessage) => void): Promise<void> {
  const { args, flags, cwd, jobs, scattered } = request;
  const placed = await experimentOf(args, cwd, flags);
  const plan = planRun(placed.experiment, { sameSeed: flags.sameSeed ?? false });
  const prepared = await prepare(plan, { ...placed, show: (path) => shownPath(path, cwd) });
  send({ kind: 'plan', plan });
  const { digest, tensors, circumstances } = await executePlan(
    plan,
    prepared,
    { jobs, scattered, traced: true },
    (chunk) => {
      const repeats = repeatsOf(chunk).map((repeat, i) => ({ ...repeat, trace: chunk.traces?.[i] }));
      send({ kind: 'repeats', repeats });
    },
  );
  send({ kind: 'end', digest, tensors, circumstances: await circumstances() });
}

/** Executes a request, and writes what it has to tell as messages; returns the exit code. */
export async function executeRequest(request: ExecutionRequest, write: (bytes: Uint8Array) => void): Promise<number> {
  const send = (message: ExecutionMessage) => write(encodeMessage(message));
  try {
    await executeTraced(request, send);
    return 0;
  } catch (error) {
    // Whoever asked has gone.
    if (isClosedPipe(error)) return 0;
    if (!isReproError(error)) throw error;
    const { message, hint, code } = error;
    send({ kind: 'error', message, hint, code });
    return 0;
  }
}
