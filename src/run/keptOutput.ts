import { outputTail } from '../process/outputTail.js';
import { redact } from '../provenance/secrets.js';
import type { ProgramRepeat } from './record.js';

/** Bytes that are kept of each stream: of a repeat that failed, and of others. */
const KEPT = 8192;
const KEPT_OF_SUCCESS = 2048;

/** What is kept of a program's output, as it comes. */
export interface KeptOutput {
  readonly stdout: { add(bytes: Uint8Array): void };
  readonly stderr: { add(bytes: Uint8Array): void };
  /** For the record: nothing in it looks like a secret. */
  kept(failed: boolean): ProgramRepeat['output'];
}

/** Text of the last bytes; what is left of a sign that was cut in two is left out. */
function textOf(tail: Buffer, limit: number): string {
  let last = tail.subarray(Math.max(0, tail.length - limit));
  while (last.length < tail.length && ((last[0] ?? 0) & 0xc0) === 0x80) last = last.subarray(1);
  return redact(last.toString());
}

export function keptOutput(): KeptOutput {
  const stdout = outputTail(KEPT);
  const stderr = outputTail(KEPT);
  return {
    stdout,
    stderr,
    kept(failed) {
      const limit = failed ? KEPT : KEPT_OF_SUCCESS;
      return {
        bytes: stdout.bytes(),
        sha256: stdout.sha256(),
        stdout: textOf(stdout.tail(), limit),
        stderr: textOf(stderr.tail(), limit),
      };
    },
  };
}
