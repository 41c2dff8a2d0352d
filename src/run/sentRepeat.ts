import type { Trace } from '../network/tracer.js';
import { hex64 } from './digest.js';
import type { TracedRepeat } from './record.js';

/** A repeat as one process sends it to another: equal bytes are equal repeats, so that what is equal need not be decoded. */
export interface SentRepeat extends TracedRepeat {
  readonly bytes: Buffer;
  /** Decoded when it is asked for. */
  readonly trace: Trace;
}

/** Places in the bytes, little-endian: the repeat, the lengths of its trace's arrays, and these. */
const INDEX = 0;
const EPOCHS = 4;
const SCORE = 8;
const HASH = 16;
const LENGTHS = 24;
const ARRAYS = 40;

function bytesOf(values: BigUint64Array | Uint32Array | Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** The bytes of a repeat; its score's NaN in its one canonical form. */
export function encodeRepeat({ index, score, hash, trace }: TracedRepeat & { readonly trace: Trace }): Buffer {
  const arrays = [trace.hashes, trace.hashed, trace.kept, trace.weights];
  const bytes = Buffer.alloc(ARRAYS + arrays.reduce((sum, { byteLength }) => sum + byteLength, 0));
  bytes.writeUInt32LE(index, INDEX);
  bytes.writeUInt32LE(trace.epochs, EPOCHS);
  bytes.writeDoubleLE(Number.isNaN(score) ? Number.NaN : score, SCORE);
  bytes.writeBigUInt64LE(BigInt(`0x${hash}`), HASH);
  let at = ARRAYS;
  arrays.forEach((values, i) => {
    bytes.writeUInt32LE(values.length, LENGTHS + 4 * i);
    bytes.set(bytesOf(values), at);
    at += values.byteLength;
  });
  return bytes;
}

/** Copies what the bytes hold from a place on: they need not be aligned. */
function fill<T extends BigUint64Array | Uint32Array | Float32Array>(values: T, bytes: Buffer, at: number): T {
  bytesOf(values).set(bytes.subarray(at, at + values.byteLength));
  return values;
}

function traceOf(bytes: Buffer): Trace {
  const length = (array: number) => bytes.readUInt32LE(LENGTHS + 4 * array);
  const hashes = fill(new BigUint64Array(length(0)), bytes, ARRAYS);
  const hashed = fill(new Uint32Array(length(1)), bytes, ARRAYS + hashes.byteLength);
  const kept = fill(new Uint32Array(length(2)), bytes, ARRAYS + hashes.byteLength + hashed.byteLength);
  const weights = new Float32Array(length(3));
  fill(weights, bytes, bytes.length - weights.byteLength);
  return { epochs: bytes.readUInt32LE(EPOCHS), hashed, hashes, kept, weights };
}

/** The repeat that bytes hold. */
export function decodeRepeat(bytes: Buffer): SentRepeat {
  return {
    bytes,
    index: bytes.readUInt32LE(INDEX),
    score: bytes.readDoubleLE(SCORE),
    hash: hex64(bytes.readBigUInt64LE(HASH)),
    get trace() {
      return traceOf(bytes);
    },
  };
}
