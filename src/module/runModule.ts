import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '../packageRoot.js';
import { endStrays } from '../process/endStrays.js';
import { latestId, processIdsSince } from '../process/processIds.js';
import { newToken, TOKEN_NAME } from '../process/processToken.js';
import { describeThrown } from './describeThrown.js';
import { createPending, type OutputMessage, takeOutput } from './output.js';
import type { ModuleBackend } from './random.js';

/** One repeat of an experiment that is a module. */
export interface ModuleRequest {
  /** Absolute. */
  readonly path: string;
  readonly seed: number | string;
  /** From 1. */
  readonly repeat: number;
  readonly backend: ModuleBackend;
  /** Handed on to the experiment. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Seconds; forever unless given. */
  readonly timeout: number | undefined;
  readonly signal: AbortSignal | undefined;
  onStdout(bytes: Buffer): void;
  onStderr(bytes: Buffer): void;
}

/** How a repeat ended; `elapsed` is in seconds, from the start of its thread until that was known. */
export type ModuleOutcome = { readonly elapsed: number } & (
  | {
      readonly ending: 'returned';
      /** The score first, as `score`. */
      readonly metrics: ReadonlyMap<string, number>;
    }
  | {
      readonly ending: 'threw' | 'invalid' | 'timeout' | 'aborted' | 'exited';
      /** One clause; of an error its place too: `train.mjs:12:5 TypeError: …`. */
      readonly reason: string;
    }
);

/** What the thread is started with. */
export interface ThreadRequest extends Pick<ModuleRequest, 'path' | 'seed' | 'repeat' | 'backend' | 'parameters'> {
  readonly url: string;
  readonly pending: Int32Array;
}

/** How the thread says that it is done. */
export type EndMessage =
  | { readonly kind: 'returned'; readonly metrics: ReadonlyMap<string, number> }
  | { readonly kind: 'invalid'; readonly reason: string }
  /** `unread`: a syntax error, whose place Node tells nobody but its own terminal. */
  | { readonly kind: 'threw'; readonly reason: string; readonly unread: boolean };

/** What the thread sends; an experiment may send other things. */
export interface ThreadMessage {
  readonly repro: OutputMessage | EndMessage;
}

/** Milliseconds that an experiment has between `signal` and its end. */
const GRACE = 2000;
/** The part of this process's limit that a thread's heap may have. */
const HEAP_SHARE = 0.75;
const LONGEST_TIMER = 2147483647; // Node's timers count in 31 bits

type Ending = ModuleOutcome extends infer Each ? (Each extends unknown ? Omit<Each, 'elapsed'> : never) : never;

/** Mebibytes of heap that a module may fill: at its own limit V8 ends the whole process, below it the thread alone. */
function mostHeap(): number {
  return Math.floor((HEAP_SHARE * getHeapStatistics().heap_size_limit) / 1048576);
}

/** Puts the line of a syntax error into a reason that has none, by having Node check the file. */
function withLine(reason: string, path: string): string {
  const name = basename(path);
  if (!reason.startsWith(`${name} `)) return reason;
  const { stderr } = spawnSync(process.execPath, ['--check', path], { encoding: 'utf8', timeout: 10_000 });
  const line = /^.*:(\d+)\r?\n/.exec(stderr)?.[1];
  return line ? reason.replace(name, () => `${name}:${line}`) : reason;
}

function endingOf(message: EndMessage, path: string): Ending {
  if (message.kind === 'returned') return { ending: 'returned', metrics: message.metrics };
  const { kind, reason } = message;
  return { ending: kind, reason: kind === 'threw' && message.unread ? withLine(reason, path) : reason };
}

function endingOfError(error: unknown, path: string): Ending {
  const outOfMemory = (error as NodeJS.ErrnoException | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
  const reason = outOfMemory ? `${basename(path)} ran out of memory` : describeThrown(error, path);
  return { ending: 'threw', reason };
}

function endingOfExit(code: number): Ending {
  const how = code === 0 ? 'ended' : `exited with code ${code}`;
  return { ending: 'exited', reason: `${how} before it gave a score` };
}

/**
 * Runs one repeat of an experiment in a fresh thread, which is gone when the outcome comes. At the timeout or the signal the
 * experiment's own signal is aborted, and two seconds later the thread is ended; whatever comes in between is no score. Processes
 * that it has started are killed then, on Linux.
 */
export function runModule(request: ModuleRequest): Promise<ModuleOutcome> {
  const { path, seed, repeat, backend, parameters, timeout, signal } = request;
  if (signal?.aborted) return Promise.resolve({ ending: 'aborted', reason: 'stopped before it began', elapsed: 0 });
  return new Promise((resolve) => {
    const began = performance.now();
    const pending = createPending();
    const token = newToken();
    const before = latestId();
    const url = pathToFileURL(path).href;
    const worker = new Worker(join(packageRoot(), 'dist', 'moduleWorker.mjs'), {
      workerData: { path, url, seed, repeat, backend, parameters, pending } satisfies ThreadRequest,
      // What it starts has the token.
      env: { ...process.env, REPRO_SEED: String(seed), REPRO_REPEAT: String(repeat), [TOKEN_NAME]: token },
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: mostHeap() },
    });
    let outcome: ModuleOutcome | undefined;
    // From then on nothing is heard: what the thread does until it is gone is left to chance.
    let ended = false;
    const timers: NodeJS.Timeout[] = [];
    const settle = (ending: Ending) => {
      outcome ??= { ...ending, elapsed: (performance.now() - began) / 1000 };
    };
    const stop = (ending: 'timeout' | 'aborted', reason: string) => {
      if (outcome) return;
      settle({ ending, reason });
      worker.postMessage(reason);
      timers.push(setTimeout(() => worker.terminate(), GRACE));
    };
    const abort = () => stop('aborted', 'stopped before it gave a score');
    signal?.addEventListener('abort', abort, { once: true });
    if (timeout !== undefined) {
      const expire = () => stop('timeout', `timed out after ${timeout} s`);
      timers.push(setTimeout(expire, Math.min(1000 * timeout, LONGEST_TIMER)));
    }
    // What does not go through our own writes; Bun has no such streams.
    worker.stdout?.on('data', (bytes: Buffer) => request.onStdout(bytes));
    worker.stderr?.on('data', (bytes: Buffer) => request.onStderr(bytes));
    worker.on('message', (sent: Partial<ThreadMessage> | null) => {
      const message = ended ? undefined : sent?.repro;
      if (message?.kind === 'output') {
        takeOutput(pending, message);
        const bytes = Buffer.from(message.bytes.buffer);
        if (message.name === 'stdout') request.onStdout(bytes);
        else request.onStderr(bytes);
      } else if (message) {
        ended = true;
        settle(endingOf(message, path));
        worker.terminate();
      }
    });
    worker.on('error', (error) => {
      if (ended) return;
      request.onStderr(Buffer.from(`${inspect(error)}\n`));
      settle(endingOfError(error, path));
    });
    worker.on('exit', (code) => {
      settle(endingOfExit(code));
      for (const timer of timers) clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      endStrays(token, () => processIdsSince(before));
      resolve(outcome as ModuleOutcome);
    });
  });
}
