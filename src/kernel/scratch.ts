import { sharedKernel } from './kernel.js';

let at = 0;
let size = 0;

/** An address with room for `bytes` in the shared kernel, valid until the next call. */
export function scratch(bytes: number): number {
  if (bytes > size) {
    size = Math.max(bytes, 2 * size, 4096);
    at = sharedKernel().exports.allocate(size);
  }
  return at;
}
