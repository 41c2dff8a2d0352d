import { type OutputTail, outputTail } from '../process/outputTail.js';
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

/** Bytes before those that are kept that are searched with them: what stands there may tell that what follows is a secret. */
const BEFORE = 8192;

/** What is left of a sign that was cut in two at the beginning is left out. */
function wholeSigns(bytes: Buffer): Buffer {
  let from = 0;
  while (from < 3 && ((bytes[from] ?? 0) & 0xc0) === 0x80) from++;
  return bytes.subarray(from);
}

/** The last bytes as text without secrets, which are looked for before anything is cut away. */
function textOf(output: OutputTail, limit: number): string {
  const tail = output.tail().subarray(-(limit + BEFORE));
  const isWhole = tail.length === output.bytes();
  if (isWhole && tail.length <= limit) return redact(tail.toString());
  const text = Buffer.from(redact(isWhole ? tail.toString() : wholeSigns(tail).toString()));
  // The name of a secret at the beginning may have been cut away: of the bytes before nothing is shown, however short the rest has become.
  const before = redact(tail.subarray(0, tail.length - limit).toString());
  const from = isWhole ? 0 : Buffer.byteLength(before);
  return wholeSigns(text.subarray(Math.max(from, text.length - limit))).toString();
}

export function keptOutput(): KeptOutput {
  const stdout = outputTail(KEPT + BEFORE);
  const stderr = outputTail(KEPT + BEFORE);
  return {
    stdout,
    stderr,
    kept(failed) {
      const limit = failed ? KEPT : KEPT_OF_SUCCESS;
      return {
        bytes: stdout.bytes(),
        sha256: stdout.sha256(),
        stdout: textOf(stdout, limit),
        stderr: textOf(stderr, limit),
      };
    },
  };
}
