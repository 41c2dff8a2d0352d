import { sharedKernel } from '../kernel/kernel.js';
import { scratch } from '../kernel/scratch.js';
import type { Chunk } from '../network/trainer.js';
import type { Repeat } from './record.js';

/** The digest of a run as it grows: same digest, same results. */
export interface RunDigest {
  add(chunk: Pick<Chunk, 'scores' | 'weights'>): void;
  addRepeats(repeats: readonly Repeat[]): void;
  /** 16 hexadecimal digits. */
  hex(): string;
}

/** The digest of repeats that are all there. */
export function digestOf(repeats: readonly Repeat[]): string {
  const digest = runDigest();
  digest.addRepeats(repeats);
  return digest.hex();
}

export function hex64(value: bigint): string {
  return value.toString(16).padStart(16, '0');
}

/**
 * Each repeat's score (float64, NaN in its one canonical form) and the hash beside it, little-endian, are hashed
 * by XXH64 with the digest so far as its seed; it starts as 0. So a digest can be continued from itself.
 */
export function runDigest(): RunDigest {
  let digest = 0n;
  const add: RunDigest['add'] = ({ scores, weights }) => {
    const { exports } = sharedKernel();
    const count = scores.length;
    const at = scratch(16 * count);
    new Float64Array(exports.memory.buffer, at, count).set(scores);
    new BigUint64Array(exports.memory.buffer, at + 8 * count, count).set(weights);
    digest = BigInt.asUintN(64, exports.digestRepeats(at, at + 8 * count, count, digest));
  };
  return {
    add,
    addRepeats(repeats) {
      add({
        scores: Float64Array.from(repeats, ({ score }) => score),
        weights: BigUint64Array.from(repeats, ({ hash }) => BigInt(`0x${hash}`)),
      });
    },
    hex: () => hex64(digest),
  };
}
