import type { ReproError } from '../errors.js';

/** A stream that a command writes to; a text is taken before `write` returns. */
export interface OutputStream {
  /** @throws ReproError where the text cannot be written; an error with code EPIPE where whoever read it has gone. */
  write(text: string): void;
  /** Whether it is a terminal. */
  readonly isTTY: boolean;
  /** Columns of the terminal; undefined where it does not say, or is none. */
  readonly columns: number | undefined;
}

/** What the command line touches of the outside world. */
export interface Io {
  readonly stdout: OutputStream;
  /** Never throws: a message that cannot be shown stops no run. */
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
}

/** Whether an error says that whoever read our output has gone: the command ends quietly. */
export function isClosedPipe(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'EPIPE';
}

/** Each problem in a line of its own, and the hint. */
export function errorText(error: ReproError): string {
  const lines = error.message.split('\n').map((line) => `repro: ${line}\n`);
  return lines.join('') + (error.hint === undefined ? '' : `  ${error.hint}\n`);
}
