import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChildOutput, childOutput } from './childOutput.js';
import { endStrays } from './endStrays.js';
import type { Guardian } from './guardian.js';
import { type Interruption, interruption } from './interruption.js';
import { endGroup, GRACE, groupEnds } from './processGroup.js';
import { processIds, processIdsSince } from './processIds.js';
import { newToken, TOKEN_NAME } from './processToken.js';
import { whyUnstartable } from './whyUnstartable.js';

export interface ProcessRequest {
  /** A program, looked for in the PATH of `env` unless its name holds a slash, and its arguments, which no shell sees. */
  readonly command: readonly [program: string, ...args: string[]];
  /** The absolute path of the folder that it works in. */
  readonly cwd: string;
  /** Its whole environment, but for REPRO_PROCESS, which is added. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Seconds that it may take. */
  readonly timeout: number | undefined;
  /** Ends it as a timeout does. */
  readonly signal: AbortSignal | undefined;
  /** Takes the next bytes of its output; must not throw. */
  onStdout(bytes: Buffer): void;
  onStderr(bytes: Buffer): void;
  /** Ends it if this process is killed. */
  readonly guardian: Guardian | undefined;
}

export interface ProcessOutcome {
  /** Whether it came to its end by itself, was ended by us, or never began. */
  readonly ending: 'exited' | 'signalled' | Interruption | 'unstartable';
  /** Of one that exited. */
  readonly exitCode: number | null;
  /** The name of the signal that it died by, of one that was signalled by another than us. */
  readonly signal: string | null;
  /** Why it could not be started, in one clause. */
  readonly reason: string | null;
  /** Wall-clock seconds from asking for the program to its exit. */
  readonly elapsed: number;
  /** Whether processes that it left behind had to be ended. */
  readonly leftBehind: boolean;
}

/** Seconds that processes have to end by themselves, after the program that started them: many are about to. */
const LEAVE = 0.05;

/** Seconds from which on looking at every process of the machine (20 µs each) is nothing beside what a program took. */
const LONG = 1;

const secondsSince = (start: number) => (performance.now() - start) / 1000;

const NOTHING = { exitCode: null, signal: null, reason: null, elapsed: 0, leftBehind: false };

/**
 * Starts a program in a session of its own, so that it is the leader of a group and has no terminal.
 *
 * @throws what the operating system or Node says of a program that cannot be started
 */
async function start({ command: [program, ...args], cwd, env }: ProcessRequest, token: string) {
  const child = spawn(program, args, {
    cwd,
    env: { ...env, [TOKEN_NAME]: token },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  // Most reasons are told in the next turn.
  if (child.pid === undefined) throw (await once(child, 'error'))[0];
  return child;
}

/** How a program ended by itself. */
type Exit = Pick<ProcessOutcome, 'ending' | 'exitCode' | 'signal' | 'elapsed'>;

/** A program that has started. */
interface Started {
  /** Its process identifier, and so that of its group. */
  readonly pid: number;
  readonly token: string;
  readonly output: ChildOutput;
  readonly exit: Promise<Exit>;
}

/** Ends what a program left behind, and reads what is in its pipes; returns whether there was anything to end. */
async function tidy({ pid, token, output }: Started, elapsed: number): Promise<boolean> {
  await output.drained();
  const stays = !(await groupEnds(pid, LEAVE));
  if (stays) await endGroup(pid);
  const everywhere = stays || !output.ended() || elapsed >= LONG;
  const strays = endStrays(token, everywhere ? processIds : () => processIdsSince(pid));
  await output.drained();
  return stays || strays;
}

/** Ends a program and all that it started; returns whether some of that had left its group. */
async function end({ pid, token, output, exit }: Started): Promise<boolean> {
  await endGroup(pid);
  const strays = endStrays(token, processIds);
  await output.drained();
  // What the operating system cannot end now, as it waits for a device, is left to it.
  await Promise.race([exit, sleep(1000 * GRACE, undefined, { ref: false })]);
  return strays;
}

/**
 * Runs one program without a shell, with nothing on its stdin, and hands on what it writes, as it comes; nothing is kept. It
 * never throws for what the program does, and leaves no process of its behind:
 *
 * - At a timeout or an abort its process group is asked to end (TERM), and ended after a grace of 2 s (KILL).
 * - Once the program itself has exited, what is in its pipes is read to the end. Other processes may still hold them open: then
 *   reading ends when nothing comes any more. What is left of its group has a moment to end by itself and is ended like that.
 * - On Linux, processes that left its group are found by REPRO_PROCESS in their environment and killed. After a program of less
 *   than a second, where looking at every process of the machine would cost too much (1 ms for 80 of them, 18 ms for 1000), only
 *   those are looked at that were started since, unless something else was left behind or holds a pipe.
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessOutcome> {
  const { command, cwd, env, guardian } = request;
  if (request.signal?.aborted) return { ...NOTHING, ending: 'aborted' };
  const token = newToken();
  const began = performance.now();
  const child = await start(request, token).catch((error: Error) =>
    whyUnstartable(error, { program: command[0], cwd, path: env['PATH'] }),
  );
  if (typeof child === 'string') return { ...NOTHING, ending: 'unstartable', reason: child };
  const pid = child.pid as number;
  guardian?.add(pid);
  const output = childOutput([
    [child.stdout, request.onStdout],
    [child.stderr, request.onStderr],
  ]);
  const exit = new Promise<Exit>((resolve) =>
    child.once('exit', (exitCode, signal) =>
      resolve({ ending: signal ? 'signalled' : 'exited', exitCode, signal, elapsed: secondsSince(began) }),
    ),
  );
  const { promise: interrupted, release } = interruption(request.timeout, request.signal);
  const started = { pid, token, output, exit };
  try {
    const first = await Promise.race([exit, interrupted]);
    if (typeof first === 'object') return { ...NOTHING, ...first, leftBehind: await tidy(started, first.elapsed) };
    const leftBehind = await end(started);
    const { elapsed } = await Promise.race([exit, { elapsed: secondsSince(began) }]);
    return { ...NOTHING, ending: first, elapsed, leftBehind };
  } finally {
    release();
    output.close();
    child.unref();
    guardian?.remove(pid);
  }
}
