import { Console } from 'node:console';
import { format, inspect } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import type { ExperimentFunction } from './defineExperiment.js';
import { describeThrown } from './describeThrown.js';
import { type OutputName, sendOutput } from './output.js';
import { type ExperimentRandom, openRandom } from './random.js';
import { readResult } from './readResult.js';
import type { EndMessage, ThreadMessage, ThreadRequest } from './runModule.js';

const { path, url, seed, repeat, backend, parameters, pending } = workerData as ThreadRequest;
const port = parentPort as NonNullable<typeof parentPort>;

function post(content: ThreadMessage['repro'], transfer: ArrayBuffer[] = []): void {
  port.postMessage({ repro: content } satisfies ThreadMessage, transfer);
}

function send(name: OutputName, bytes: Uint8Array): void {
  sendOutput(post, pending, name, bytes);
}

/** Lets whatever is written to a stream of the process go to the main thread. */
function redirect(name: OutputName): void {
  process[name].write = (
    chunk: Uint8Array | string,
    encoding?: BufferEncoding | ((error?: Error) => void),
    callback?: (error?: Error) => void,
  ) => {
    send(name, typeof chunk === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : chunk);
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done) process.nextTick(done);
    return true;
  };
}

/** The experiment among a module's exports; a CommonJS module that was compiled from another has its own in the default one. */
function experimentOf(exported: Record<string, unknown>): ExperimentFunction | undefined {
  const inner = (exported['default'] ?? {}) as Record<string, unknown>;
  const candidates = [exported['default'], exported['run'], inner['default'], inner['run']];
  return candidates.find((each) => typeof each === 'function') as ExperimentFunction | undefined;
}

function thrown(error: unknown): EndMessage {
  send('stderr', Buffer.from(`${inspect(error)}\n`));
  const unread = error instanceof SyntaxError;
  return { kind: 'threw', reason: describeThrown(error, path), unread };
}

async function runExperiment(random: ExperimentRandom, signal: AbortSignal): Promise<EndMessage> {
  try {
    const exported = (await import(url)) as Record<string, unknown>;
    const experiment = experimentOf(exported);
    if (!experiment) {
      const names = Object.keys(exported).join(', ') || 'nothing';
      return { kind: 'invalid', reason: `exports no function by default or as run, but ${names}` };
    }
    const log = (...values: unknown[]) => send('stderr', Buffer.from(`${format(...values)}\n`));
    const reading = readResult(await experiment({ random, seed, repeat, parameters, signal, log }));
    if ('invalid' in reading) return { kind: 'invalid', reason: reading.invalid };
    return { kind: 'returned', metrics: reading.metrics };
  } catch (error) {
    return thrown(error);
  }
}

redirect('stdout');
redirect('stderr');
// Bun's own writes past the process's streams.
globalThis.console = new Console({ stdout: process.stdout, stderr: process.stderr });
const controller = new AbortController();
port.once('message', (reason: string) => controller.abort(new Error(reason)));
// An experiment that waits for nothing ends, and is told from one that goes on.
port.unref();
try {
  runExperiment(openRandom(backend, seed), controller.signal).then(post);
} catch (error) {
  // A seed that the backend does not take.
  post({ kind: 'invalid', reason: (error as Error).message });
}
