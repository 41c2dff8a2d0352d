import type { Trace } from '../network/tracer.js';

/** A trace as JSON holds it. */
export interface SavedTrace {
  readonly epochs: number;
  /** The low 32 bits of every hash, in base64, little-endian. */
  readonly hashes: string;
  /** The final weights, float32, in base64, little-endian. */
  readonly weights: string;
}

/** Bytes of traces that one file may hold. */
const MOST_BYTES = 1 << 20;

/** A trace without what a file has no room for: hashes cut to their low 32 bits, of the weights the final ones. */
export function shortTrace({ epochs, hashed, hashes, kept, weights }: Trace): Trace {
  const size = kept.length === 0 ? 0 : weights.length / kept.length;
  return {
    epochs,
    hashed,
    hashes: hashes.map((hash) => hash & 0xffffffffn),
    kept: kept.slice(-1),
    weights: weights.slice(weights.length - size),
  };
}

function base64(values: Uint32Array | Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

/** Whether the traces of so many repeats like this one fit into a file; those that do not look at every epoch never do. */
export function fits({ epochs, hashed, hashes, kept, weights }: Trace, repeats: number): boolean {
  const bytes = 4 * hashes.length + (kept.length === 0 ? 0 : weights.byteLength / kept.length);
  return hashed.length === epochs + 1 && kept.length > 0 && repeats * bytes <= MOST_BYTES;
}

export function encodeTrace(trace: Trace): SavedTrace {
  const { epochs, hashes, weights } = shortTrace(trace);
  return { epochs, hashes: base64(Uint32Array.from(hashes, Number)), weights: base64(weights) };
}

/** The trace that `encodeTrace` wrote; `null` for what it cannot have written. */
export function decodeTrace(saved: unknown): Trace | null {
  const { epochs, hashes, weights } = (saved ?? {}) as Partial<SavedTrace>;
  if (!Number.isInteger(epochs) || typeof hashes !== 'string' || typeof weights !== 'string') return null;
  const rows = (epochs as number) + 1;
  const words = Uint8Array.from(Buffer.from(hashes, 'base64'));
  const floats = Uint8Array.from(Buffer.from(weights, 'base64'));
  const whole = rows > 0 && words.length > 0 && words.length % (4 * rows) === 0 && floats.length % 4 === 0;
  if (!whole || floats.length === 0) return null;
  return {
    epochs: epochs as number,
    hashed: Uint32Array.from({ length: rows }, (_, epoch) => epoch),
    hashes: BigUint64Array.from(new Uint32Array(words.buffer), BigInt),
    kept: Uint32Array.of(epochs as number),
    weights: new Float32Array(floats.buffer),
  };
}
