import { sharedKernel } from '../kernel/kernel.js';
import { scratch } from '../kernel/scratch.js';
import { hex64 } from './digest.js';

/** XXH64 of a text in UTF-8, filled up to whole words with zeros, with its length in bytes as seed; 16 hexadecimal digits. */
export function hashText(text: string): string {
  const bytes = Buffer.from(text);
  const words = Math.ceil(bytes.length / 4);
  const { exports } = sharedKernel();
  const at = scratch(4 * words);
  const memory = new Uint8Array(exports.memory.buffer, at, 4 * words);
  memory.fill(0).set(bytes);
  return hex64(BigInt.asUintN(64, exports.xxh64(at, words, BigInt(bytes.length))));
}
