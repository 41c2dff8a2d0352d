import { sharedKernel } from '../kernel/kernel.js';
import { scratch } from '../kernel/scratch.js';
import { philox4x32 } from '../random/philox4x32.js';
import type { RandomSource } from '../stats/randomSource.js';

const WORDS = 0x1_0000_0000; // as many as there are words of 32 bits

/**
 * The source of randomness that belongs to data: Philox, and its key is the XXH64 of the numbers' bits. So a figure that takes
 * chance to compute is the same for the same data.
 *
 * @param values finite, in an order that says nothing
 */
export function dataSource(values: readonly number[]): RandomSource {
  const { exports, doubles } = sharedKernel();
  const at = scratch(8 * values.length);
  doubles(at, values.length).set(values);
  const key = BigInt.asUintN(64, exports.xxh64(at, 2 * values.length, 0n));
  const generator = philox4x32([Number(key & 0xffffffffn), Number(key >> 32n)], [0, 0, 0, 0]);
  return () => generator.next() / WORDS;
}
