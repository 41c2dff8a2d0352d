import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ProcessOutcome, type ProcessRequest, runProcess } from '../../src/process/runProcess.js';

/** What a program wrote, and how it ended. */
interface Ran extends ProcessOutcome {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** Runs a program whose output is short. */
export async function run(command: ProcessRequest['command'], request: Partial<ProcessRequest> = {}): Promise<Ran> {
  const pieces = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const outcome = await runProcess({
    command,
    cwd: tmpdir(),
    env: process.env,
    timeout: undefined,
    signal: undefined,
    guardian: undefined,
    onStdout: (bytes) => pieces.stdout.push(bytes),
    onStderr: (bytes) => pieces.stderr.push(bytes),
    ...request,
  });
  return { ...outcome, stdout: Buffer.concat(pieces.stdout), stderr: Buffer.concat(pieces.stderr) };
}

/** Runs a program of the shell's. */
export const sh = (program: string, request?: Partial<ProcessRequest>) => run(['sh', '-c', program], request);

/** An environment by which all processes of one test can be found. */
export function marked(): { readonly mark: string; readonly env: NodeJS.ProcessEnv } {
  const mark = randomUUID();
  return { mark, env: { ...process.env, TEST_MARK: mark } };
}

/** The processes that live and hold a mark in their environment. */
export function living(mark: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((id) => {
      try {
        return readFileSync(`/proc/${id}/environ`).includes(mark);
      } catch {
        return false;
      }
    });
}

/** Waits until as many processes with a mark live, at most ten seconds, and returns how many do. */
export async function untilLiving(mark: string, count: number): Promise<number> {
  for (let waited = 0; living(mark).length !== count && waited < 10_000; waited += 50) await sleep(50);
  return living(mark).length;
}
