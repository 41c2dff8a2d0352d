import { causesOf } from '../analysis/causes.js';
import { isReproError } from '../errors.js';
import { shownPath } from '../experiment/find.js';
import { executePlan } from '../run/executePlan.js';
import { encodeNews, encodeRepeatMessage } from '../run/executionMessage.js';
import { inputsOf } from '../run/inputs.js';
import { planRun } from '../run/plan.js';
import { isNetwork } from '../run/prepare.js';
import { prepareNetwork } from '../run/prepareNetwork.js';
import type { Repeat } from '../run/record.js';
import { repeatsOf } from '../run/repeats.js';
import { encodeRepeat } from '../run/sentRepeat.js';
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

async function executeTraced(request: ExecutionRequest, write: (bytes: Uint8Array) => void): Promise<void> {
  const { args, flags, cwd, jobs, scattered } = request;
  const placed = await experimentOf(args, cwd, flags);
  const { experiment, folder } = placed;
  const inputs = await inputsOf(experiment, folder);
  const plan = planRun(experiment, { sameSeed: flags.sameSeed ?? false, inputs });
  if (!isNetwork(plan)) throw new Error(`a ${experiment.kind} is not executed apart`);
  const prepared = await prepareNetwork(plan, { ...placed, show: (path) => shownPath(path, cwd) });
  const start = performance.now();
  write(encodeNews({ kind: 'plan', plan }));
  const { digest, tensors, threads } = await executePlan(
    plan,
    prepared,
    // Hashes tell where executions part. What the weights are there is much to send, and is sent where chance has a hand in it.
    { jobs, scattered, traced: causesOf(plan).length > 0 ? 'weights' : 'hashes' },
    (chunk) => {
      const repeats = repeatsOf(chunk);
      const { traces = [] } = chunk;
      write(
        Buffer.concat(
          traces.map((trace, i) => encodeRepeatMessage(encodeRepeat({ ...(repeats[i] as Repeat), trace }))),
        ),
      );
    },
  );
  write(encodeNews({ kind: 'end', digest, tensors, threads, elapsed: (performance.now() - start) / 1000 }));
}

/** Executes a request, and writes what it has to tell as messages, a mistake of the user's among them. */
export async function executeRequest(request: ExecutionRequest, write: (bytes: Uint8Array) => void): Promise<void> {
  try {
    await executeTraced(request, write);
  } catch (error) {
    // Whoever asked has gone.
    if (isClosedPipe(error)) return;
    if (!isReproError(error)) throw error;
    const { message, hint, code } = error;
    write(encodeNews({ kind: 'error', message, hint, code }));
  }
}
