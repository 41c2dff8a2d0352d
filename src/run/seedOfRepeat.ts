import { childSeed } from '../random/childSeed.js';
import type { RunPlan } from './record.js';

/** The seed that a program's repeat is given: its own, or that of the run for all. */
export function seedOfRepeat({ seed, sameSeed }: RunPlan, index: number): number | string {
  return sameSeed ? seed.root : childSeed(seed.root, index);
}
