import { expect, test } from 'vitest';
import { sharedKernel } from '../../src/kernel/kernel.js';
import { scratch } from '../../src/kernel/scratch.js';
import { reference } from '../reference.js';

const { unseeded, seeded } = reference<{ unseeded: string[]; seeded: string[] }>('xxh64.json');
const SEED = 0x9e3779b97f4a7c15n;

/** Hash of the first `length` of the reference's bytes, from an address that is a multiple of eight, or is not. */
function hashOf(length: number, seed: bigint, offset: number): string {
  const { exports } = sharedKernel();
  const at = scratch(length + offset) + offset;
  new Uint8Array(exports.memory.buffer, at, length).set(Uint8Array.from({ length }, (_, i) => 7 * i + 3));
  return BigInt.asUintN(64, exports.xxh64Bytes(at, length, seed))
    .toString(16)
    .padStart(16, '0');
}

test.each([0, 1, 3])(
  'bytes of every length have the hash that xxHash gives them, %i bytes off an aligned address',
  (offset) => {
    expect(unseeded.map((_, length) => hashOf(length, 0n, offset))).toEqual(unseeded);
    expect(seeded.map((_, length) => hashOf(length, SEED, offset))).toEqual(seeded);
    expect(unseeded).toHaveLength(101);
  },
);
