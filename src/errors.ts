/** What went wrong on the user's side, by the exit code it leads to. */
export type ErrorCode =
  /** Usage, configuration, files: exit code 2. */
  | 'usage'
  /** The experiment failed: exit code 3. */
  | 'failed';

/** A mistake of the user's, told in one line a problem, with place and remedy; never shown with a stack. */
export class ReproError extends Error {
  readonly code: ErrorCode;
  /** What to do about it, in one line. */
  readonly hint: string | undefined;

  constructor(message: string, options: { code?: ErrorCode; hint?: string | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'ReproError';
    this.code = options.code ?? 'usage';
    this.hint = options.hint;
  }
}

/** Whether an error is a ReproError, of whichever bundle: each has its own copy of the class. */
export function isReproError(error: unknown): error is ReproError {
  return error instanceof Error && error.name === 'ReproError';
}
