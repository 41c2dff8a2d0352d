import { sharedKernel } from '../kernel/kernel.js';
import { scratch } from '../kernel/scratch.js';
import type { Chunk } from '../network/trainer.js';

/** The digest of a run as it grows: same digest, same results. */
export interface RunDigest {
  add(chunk: Chunk): void;
  /** 16 hexadecimal digits. */
  hex(): string;
}

export function hex64(value: bigint): string {
  return value.toString(16).padStart(16, '0');
}

/**
 * Each repeat's score (float64, NaN in its one canonical form) and the hash of its final weights, little-endian, are hashed
 * by XXH64 with the digest so far as its seed; it starts as 0. So a digest can be continued from itself.
 */
export function runDigest(): RunDigest {
  let digest = 0n;
  return {
    add({ scores, weights }) {
      const { exports } = sharedKernel();
      const at = scratch(16);
      const view = new DataView(exports.memory.buffer, at, 16);
      for (let i = 0; i < scores.length; i++) {
        const score = scores[i] as number;
        if (Number.isNaN(score)) view.setBigUint64(0, 0x7ff8000000000000n, true);
        else view.setFloat64(0, score, true);
        view.setBigUint64(8, weights[i] as bigint, true);
        digest = BigInt.asUintN(64, exports.xxh64(at, 4, digest));
      }
    },
    hex: () => hex64(digest),
  };
}
