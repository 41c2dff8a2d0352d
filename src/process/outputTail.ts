import { createHash } from 'node:crypto';

/** What is kept of a program's output. */
export interface OutputTail {
  add(bytes: Uint8Array): void;
  /** How many bytes were added in all. */
  bytes(): number;
  /** SHA-256 of all that was added, in hexadecimal. */
  sha256(): string;
  /** The last bytes, at most as many as the limit, in a buffer of their own. */
  tail(): Buffer;
}

/**
 * The end of a stream of bytes, and a hash of the whole, in memory bounded by the limit.
 *
 * @param limit how many of the last bytes are kept, an integer ≥ 0
 */
export function outputTail(limit: number): OutputTail {
  const hash = createHash('sha256');
  // The byte that is the n-th of all stands at n modulo the limit.
  const ring = Buffer.allocUnsafeSlow(limit);
  let seen = 0;
  return {
    add(bytes) {
      hash.update(bytes);
      seen += bytes.length;
      if (limit === 0) return;
      const last = bytes.subarray(Math.max(0, bytes.length - limit));
      const at = (seen - last.length) % limit;
      const fitting = last.subarray(0, limit - at);
      ring.set(fitting, at);
      ring.set(last.subarray(fitting.length), 0);
    },
    bytes: () => seen,
    sha256: () => hash.copy().digest('hex'),
    tail() {
      if (seen <= limit) return Buffer.from(ring.subarray(0, seen));
      const at = seen % limit;
      return Buffer.concat(limit === 0 ? [] : [ring.subarray(at), ring.subarray(0, at)]);
    },
  };
}
