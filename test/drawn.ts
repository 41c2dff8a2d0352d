import { type Kernel, sharedKernel } from '../src/kernel/kernel.js';
import { scratch } from '../src/kernel/scratch.js';

/** What `draw` writes to a kernel: `count` float32. */
export function drawn(count: number, draw: (kernel: Kernel, at: number) => void): Float32Array {
  const kernel = sharedKernel();
  const at = scratch(4 * count);
  draw(kernel, at);
  return kernel.floats(at, count).slice();
}
