import { log } from '../kernel/elementary.js';
import { mt19937, mt19937From } from './mt19937.js';
import { bounded, type GeneratorState, type WordGenerator } from './wordGenerator.js';

/** NumPy's legacy RandomState: MT19937 and the second normal of a pair, where one is kept. */
export interface RandomState {
  readonly generator: WordGenerator;
  spareNormal: number | undefined;
}

/** `numpy.random.RandomState(seed)`; seed is an integer, 0 … 2^32 − 1. */
export function randomState(seed: number): RandomState {
  return { generator: mt19937(seed), spareNormal: undefined };
}

/** Where a RandomState stands. */
export interface RandomStateSnapshot {
  readonly generator: GeneratorState;
  readonly spareNormal: number | undefined;
}

export function snapshot({ generator, spareNormal }: RandomState): RandomStateSnapshot {
  return { generator: generator.state(), spareNormal };
}

export function randomStateFrom({ generator, spareNormal }: RandomStateSnapshot): RandomState {
  return { generator: mt19937From(generator), spareNormal };
}

/** Uniform integer in [low, high); the width is at most 2^53. */
export function randint(state: RandomState, low: number, high: number): number {
  return low + bounded(state.generator, high - low - 1);
}

/** Uniform float64 in [0, 1) with 53 bits. */
export function randomSample(state: RandomState): number {
  const a = state.generator.next() >>> 5;
  const b = state.generator.next() >>> 6;
  return (a * 67108864 + b) / 9007199254740992; // (a · 2^26 + b) / 2^53
}

/** Uniform float64 in [low, high). */
export function uniform(state: RandomState, low: number, high: number): number {
  return low + (high - low) * randomSample(state);
}

/** Normal deviate by the polar method: G. Marsaglia & T. Bray, SIAM Review 6(3), 1964. */
export function normal(state: RandomState, mean = 0, deviation = 1): number {
  return mean + deviation * standardNormal(state);
}

function standardNormal(state: RandomState): number {
  if (state.spareNormal !== undefined) {
    const spare = state.spareNormal;
    state.spareNormal = undefined;
    return spare;
  }
  for (;;) {
    const x1 = 2 * randomSample(state) - 1;
    const x2 = 2 * randomSample(state) - 1;
    const square = x1 * x1 + x2 * x2;
    if (square >= 1 || square === 0) continue;
    const factor = Math.sqrt((-2 * log(square)) / square);
    state.spareNormal = factor * x1;
    return factor * x2;
  }
}

/** A list or a typed array. */
export interface Sequence<T> {
  readonly length: number;
  [index: number]: T;
}

/** Shuffles in place (R. Fisher & F. Yates 1938), the last first; as the kernel's shuffle.ts does for training. */
export function shuffle<T>(state: RandomState, values: Sequence<T>): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = bounded(state.generator, i);
    const kept = values[i] as T;
    values[i] = values[j] as T;
    values[j] = kept;
  }
}

/** A random order of 0 … n − 1. */
export function permutation(state: RandomState, n: number): Uint32Array {
  const indices = Uint32Array.from({ length: n }, (_, i) => i);
  shuffle(state, indices);
  return indices;
}
