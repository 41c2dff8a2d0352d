import type { ReproError } from '../errors.js';

/** A stream that a command writes to. */
export interface OutputStream {
  write(text: string, done?: (error?: Error | null) => void): boolean;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What the command line touches of the outside world; `process` is one. */
export interface Io {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
}

/** Whether an error says that whoever read our output has gone: the command ends quietly. */
export function isClosedPipe(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'EPIPE';
}

/** Writes to a stream and waits until it has taken the text; a closed pipe ends the command. */
export function streamWriter(stream: OutputStream): (text: string) => Promise<void> {
  let failure: NodeJS.ErrnoException | undefined;
  stream.on('error', (error) => {
    failure = error;
  });
  return (text) =>
    new Promise((resolve, reject) => {
      const settle = (error?: NodeJS.ErrnoException | null) => {
        const cause = error ?? failure;
        if (!cause) resolve();
        else reject(cause);
      };
      if (failure) settle();
      else stream.write(text, settle);
    });
}

/** Each problem in a line of its own, and the hint. */
export function errorText(error: ReproError): string {
  const lines = error.message.split('\n').map((line) => `repro: ${line}\n`);
  return lines.join('') + (error.hint === undefined ? '' : `  ${error.hint}\n`);
}
