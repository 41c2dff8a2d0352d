import { execFile } from 'node:child_process';

/** Environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a program printed that ended well. */
export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds that a program has. */
const PATIENCE = 2000;

/** Bytes of each stream that are kept; a program that prints more has said enough, and is ended. */
const ENOUGH = 2 ** 16;

/**
 * What a program answers that is run without a shell and without input.
 *
 * @param program a name to be found in `env.PATH`, or a path from `cwd`
 * @returns null if it cannot be started, fails, or takes more than 2 s; it is killed then, and not waited for
 */
export function answer(
  program: string,
  words: readonly string[],
  cwd: string,
  env: Environment,
): Promise<Answer | null> {
  return new Promise((resolve) => {
    try {
      const options = { cwd, env, maxBuffer: ENOUGH, killSignal: 'SIGKILL', windowsHide: true } as const;
      const child = execFile(program, words, options, (error, stdout, stderr) => {
        clearTimeout(timer);
        const enough = error?.code === ('ERR_CHILD_PROCESS_STDIO_MAXBUFFER' as unknown);
        resolve(error && !enough ? null : { stdout, stderr });
      });
      child.stdin?.end();
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        // A process that waits for a dead file system outlives even that, and children of its own may hold its pipes.
        child.stdout?.destroy();
        child.stderr?.destroy();
        child.unref();
        resolve(null);
      }, PATIENCE);
    } catch {
      resolve(null);
    }
  });
}
