import { philox4x32 } from '../../src/random/philox4x32.js';
import type { RandomSource } from '../../src/stats/randomSource.js';

/** A source of randomness of its own for every seed. */
export function source(seed: number): RandomSource {
  const generator = philox4x32([seed, 0], [0, 0, 0, 0]);
  return () => generator.next() / 2 ** 32;
}
