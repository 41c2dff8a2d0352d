import type { Guardian } from '../process/guardian.js';
import type { ProgramRepeat } from './record.js';

/** What one execution of a program is given. */
export interface AttemptRequest {
  readonly seed: number | string;
  /** From 1. */
  readonly repeat: number;
  /** What the environment of a command is made of. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends it. */
  readonly signal: AbortSignal | undefined;
  /** Gets what it writes, as it comes. */
  readonly onOutput: ((bytes: Uint8Array) => void) | undefined;
  readonly guardian: Guardian;
}

/** What came of it. */
export interface Attempt extends Omit<ProgramRepeat, 'seed' | 'attempts'> {
  /** NaN where it failed. */
  readonly score: number;
}

/** Seconds to the microsecond: no clock of ours knows more. */
export function microseconds(seconds: number): number {
  return Math.round(1e6 * seconds) / 1e6;
}
