import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ReproError } from '../errors.js';
import { packageRoot } from '../packageRoot.js';
import { decodeMessages, type ExecutionEnd, type ExecutionMessage } from '../run/executionMessage.js';
import type { RunPlan } from '../run/record.js';
import type { SentRepeat } from '../run/sentRepeat.js';
import type { ExecutionRequest } from './execution.js';

/** An execution in a process of its own. */
export interface ApartExecution {
  /** Rejected with a ReproError for whatever is wrong with the request. */
  readonly plan: Promise<RunPlan>;
  /** In order, as they are done; a process that is far ahead waits until they are taken. Throws where it ends early. */
  readonly repeats: AsyncGenerator<SentRepeat, ExecutionEnd>;
  /** Ends the process, if it has not ended. */
  kill(): void;
}

/** How a process ended, in words. */
function endingOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on('error', ({ message }) => resolve(message));
    child.on('close', (code, signal) => resolve(signal === null ? `exit code ${code}` : `killed by ${signal}`));
  });
}

/** Executes a request in a fresh process. */
export function executeApart(request: ExecutionRequest): ApartExecution {
  const program = join(packageRoot(), 'dist', 'execution.cjs');
  const child: ChildProcess = spawn(process.execPath, [...process.execArgv, program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ending = endingOf(child);
  // Of a process that does not start, or ends without reading, `ending` tells.
  child.stdin?.on('error', () => {});
  child.stdin?.end(JSON.stringify(request));
  const messages = decodeMessages(child.stdout ?? Readable.from([]));

  async function receive(): Promise<Exclude<ExecutionMessage, { kind: 'error' }>> {
    const message: ExecutionMessage | undefined = (await messages.next()).value;
    if (message === undefined) throw new ReproError(`an execution ended early: ${await ending}`, { code: 'failed' });
    if (message.kind === 'error') throw new ReproError(message.message, message);
    return message;
  }

  async function receivePlan(): Promise<RunPlan> {
    const message = await receive();
    if (message.kind !== 'plan') throw new Error(`an execution began with ${message.kind}`);
    return message.plan;
  }

  const plan = receivePlan();
  async function* repeats(): AsyncGenerator<SentRepeat, ExecutionEnd> {
    await plan;
    for (;;) {
      const message = await receive();
      if (message.kind === 'end') return message;
      if (message.kind === 'repeat') yield message.repeat;
    }
  }
  return { plan, repeats: repeats(), kill: () => child.kill('SIGKILL') };
}
