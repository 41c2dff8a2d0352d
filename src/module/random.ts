import { ReproError } from '../errors.js';
import { philox4x32 } from '../random/philox4x32.js';
import { PURPOSES } from '../random/purposes.js';
import {
  normal,
  permutation,
  type RandomState,
  randint,
  randomSample,
  randomState,
  type Sequence,
  shuffle,
  uniform,
} from '../random/randomState.js';
import { seedrandomKey } from '../random/seedrandomKey.js';
import { type TensorflowStream, tensorflowStream } from '../random/tensorflowStream.js';
import { shownValue } from '../text/printable.js';

/** How a seed becomes random numbers. */
export type ModuleBackend = 'theano' | 'tensorflow' | 'seedrandom';

/**
 * The generator that an experiment is handed: a function like `Math.random`, and more. Its methods need no `this`. The same seed,
 * backend and calls give the same bits on every machine.
 *
 * - `theano`: NumPy's `RandomState(seed)`; each method gives what the one named with it gives there.
 * - `seedrandom`: the same algorithms over a Philox 4x32-10 stream, keyed by npm's seedrandom; any number or string is a seed.
 * - `tensorflow`: float32, as the first random operation of a graph of TensorFlow 1.x whose seed is the seed; only numbers,
 *   uniforms, normals and booleans, since TensorFlow's other operations have no equal here.
 */
export interface ExperimentRandom {
  /** The same as `next()`, so that it stands for `Math.random`. */
  (): number;
  /** Uniform in [0, 1) with 53 bits (NumPy: `random_sample()`); 23 bits on `tensorflow`. */
  next(): number;
  /** Uniform in [low, high), 0 and 1 unless given (NumPy: `uniform(low, high)`). */
  uniform(low?: number, high?: number): number;
  /** Normal with mean 0 and deviation 1 unless given (NumPy: `normal(mean, deviation)`). */
  normal(mean?: number, deviation?: number): number;
  /** Uniform integer in [low, high), both integers, at most 2^53 − 1 apart (NumPy: `randint(low, high)`). */
  integer(low: number, high: number): number;
  /** True with probability p, 0.5 unless given (NumPy: `random_sample() < p`). */
  boolean(p?: number): boolean;
  /** Shuffles a list or a typed array in place, and returns it (NumPy: `shuffle`). */
  shuffle<List extends Sequence<unknown>>(list: List): List;
  /** A random order of 0 … n − 1 (NumPy: `permutation(n)`). */
  permutation(n: number): number[];
  /** One element of a list that is not empty (NumPy: `choice(list)`). */
  choice<T>(list: ArrayLike<T>): T;
  /** n different elements of a list (NumPy: `choice(list, n, replace=False)`). */
  sample<T>(list: ArrayLike<T>, n: number): T[];
  /** n random bytes (NumPy: `bytes(n)`). */
  bytes(n: number): Uint8Array;
  /** A generator that will give the same numbers. */
  clone(): ExperimentRandom;
}

const LARGEST_SEED = 4294967295; // NumPy: 2^32 − 1
const OPERATION_SEED = 3; // TensorFlow 1.x: operations in the graph before its first random one: its shape and two bounds

function requireThat(holds: boolean, call: string, ...got: unknown[]): void {
  if (!holds) throw new RangeError(`${call}, got ${got.join(' and ')}`);
}

const isCount = (n: number) => Number.isSafeInteger(n) && n >= 0;

function requireProbability(p: number): void {
  requireThat(p >= 0 && p <= 1, 'random.boolean takes a probability', p);
}

/** A RandomState, which is opened by the first draw: one that an experiment does not use costs nothing. */
function randomOf(open: () => RandomState): ExperimentRandom {
  let opened: RandomState | undefined;
  const state = () => {
    opened ??= open();
    return opened;
  };
  const next = () => randomSample(state());
  return Object.assign(() => next(), {
    next,
    uniform: (low = 0, high = 1) => uniform(state(), low, high),
    normal: (mean = 0, deviation = 1) => normal(state(), mean, deviation),
    integer(low: number, high: number) {
      const holds = [low, high, high - low].every(Number.isSafeInteger) && low < high;
      requireThat(holds, 'random.integer takes two integers, the lower first', low, high);
      return randint(state(), low, high);
    },
    boolean(p = 0.5) {
      requireProbability(p);
      return next() < p;
    },
    shuffle<List extends Sequence<unknown>>(list: List) {
      shuffle(state(), list);
      return list;
    },
    permutation(n: number) {
      requireThat(isCount(n), 'random.permutation takes a count', n);
      return [...permutation(state(), n)];
    },
    choice<T>(list: ArrayLike<T>) {
      requireThat(list.length > 0, 'random.choice takes a list with elements', 'an empty one');
      return list[randint(state(), 0, list.length)] as T;
    },
    sample<T>(list: ArrayLike<T>, n: number) {
      requireThat(isCount(n) && n <= list.length, `random.sample takes 0 … ${list.length} of so many elements`, n);
      return Array.from(permutation(state(), list.length).subarray(0, n), (index) => list[index] as T);
    },
    bytes(n: number) {
      requireThat(isCount(n), 'random.bytes takes a count', n);
      // NumPy draws a word for no bytes too.
      const bytes = new DataView(new ArrayBuffer(4 * Math.max(1, Math.ceil(n / 4))));
      for (let at = 0; at < bytes.byteLength; at += 4) bytes.setUint32(at, state().generator.next(), true);
      return new Uint8Array(bytes.buffer, 0, n);
    },
    clone() {
      const { generator, spareNormal } = state();
      const copy = { generator: generator.clone(), spareNormal };
      return randomOf(() => copy);
    },
  });
}

function refuse(name: string): () => never {
  return () => {
    throw new ReproError(
      `random.${name} is not for the backend tensorflow, which draws float32 uniforms and normals alone: take theano or seedrandom`,
    );
  };
}

function tensorflowRandom(stream: TensorflowStream): ExperimentRandom {
  const next = () => stream.uniform(0, 1);
  return Object.assign(() => next(), {
    next,
    uniform: (low = 0, high = 1) => stream.uniform(low, high),
    normal: (mean = 0, deviation = 1) => stream.normal(mean, deviation),
    boolean(p = 0.5) {
      requireProbability(p);
      return next() < p;
    },
    integer: refuse('integer'),
    shuffle: refuse('shuffle'),
    permutation: refuse('permutation'),
    choice: refuse('choice'),
    sample: refuse('sample'),
    bytes: refuse('bytes'),
    clone: () => tensorflowRandom(stream.clone()),
  });
}

/**
 * Opens the generator of a repeat.
 *
 * @throws ReproError for a seed that the backend does not take
 */
export function openRandom(backend: ModuleBackend, seed: number | string): ExperimentRandom {
  if (backend === 'seedrandom') {
    return randomOf(() => ({
      generator: philox4x32(seedrandomKey(seed), [0, 0, 0, PURPOSES.module]),
      spareNormal: undefined,
    }));
  }
  const largest = backend === 'theano' ? LARGEST_SEED : Number.MAX_SAFE_INTEGER;
  if (typeof seed !== 'number' || !isCount(seed) || seed > largest) {
    throw new ReproError(`a seed of the backend ${backend} is an integer, 0 … ${largest}, got ${shownValue(seed)}`, {
      hint: 'the backend seedrandom takes any number or text',
    });
  }
  if (backend === 'theano') return randomOf(() => randomState(seed));
  return tensorflowRandom(tensorflowStream({ graph: seed, operation: OPERATION_SEED }));
}
