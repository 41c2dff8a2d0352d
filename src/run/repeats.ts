import type { Chunk } from '../network/trainer.js';
import { hex64 } from './digest.js';
import type { Repeat } from './record.js';

/** The repeats of a chunk, one by one. */
export function repeatsOf({ first, scores, weights }: Chunk): Repeat[] {
  return Array.from(scores, (score, i) => ({ index: first + i, score, hash: hex64(weights[i] as bigint) }));
}
