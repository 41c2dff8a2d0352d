import type { PhiloxKey } from './philox4x32.js';
import { seedrandomGenerator } from './seedrandom.js';

/** The key of 64 bits that npm's seedrandom makes of a seed, any number or string. */
export function seedrandomKey(seed: number | string): PhiloxKey {
  const generator = seedrandomGenerator(seed);
  return [generator.nextWord(), generator.nextWord()];
}
