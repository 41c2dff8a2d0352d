import { normal, type RandomState } from '../random/randomState.js';
import { type Dataset, fromDoubles } from './dataset.js';

export interface XorOptions {
  readonly rows: number;
  /** Deviation of what is added to each input; absent where nothing is drawn. */
  readonly noise?: number;
}

/** The corners 00, 01, 10 and 11 in turn, moved by noise: 2 features; the target is 1 where one of a corner's bits is. */
export function xor(random: RandomState, { rows, noise }: XorOptions): Dataset {
  const bits = Array.from({ length: rows }, (_, row) => [(row >> 1) & 1, row & 1] as const);
  const inputs = bits.flat().map((bit) => bit + (noise === undefined ? 0 : normal(random, 0, noise)));
  return fromDoubles(
    { rows, features: 2, targets: 1 },
    inputs,
    bits.map(([a, b]) => a ^ b),
  );
}
