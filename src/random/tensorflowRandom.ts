import { cosf, logf, sinf } from '../kernel/elementary.js';
import type { Kernel } from '../kernel/kernel.js';
import { type PhiloxCounter, type PhiloxKey, philox4x32, philoxWords } from './philox4x32.js';

/** The graph seed that an operation with a seed of its own gets where the graph has none (TensorFlow 1.x, random_seed.py). */
export const DEFAULT_GRAPH_SEED = 87654321;

/** Blocks between the groups of four that a truncated normal is drawn in (kReservedSamplesPerOutput). */
const GROUP_BLOCKS = 256;
const TWO_PI = Math.fround(6.283185307179586);
const SMALLEST_UNIFORM = Math.fround(1e-7);

/** A random operation's two seeds, each an integer 0 … 2^53 − 1. */
export interface OperationSeeds {
  readonly graph: number;
  readonly operation: number;
}

function keyAndCounter(seeds: OperationSeeds, block: number): { key: PhiloxKey; counter: PhiloxCounter } {
  const { graph, operation } = seeds.graph === 0 && seeds.operation === 0 ? { graph: 0, operation: 2147483647 } : seeds;
  const split = (value: number) => [value >>> 0, Math.floor(value / 4294967296)] as const;
  return { key: split(graph), counter: [...split(block), ...split(operation)] };
}

/** The operation's generator before its first execution: the key's two words, then the counter's four. */
export function operationState(seeds: OperationSeeds): readonly [...PhiloxKey, ...PhiloxCounter] {
  const { key, counter } = keyAndCounter(seeds, 0);
  return [...key, ...counter];
}

/** Raw words of an operation, from its first block. */
function operationWords(seeds: OperationSeeds, count: number): Uint32Array {
  const { key, counter } = keyAndCounter(seeds, 0);
  return philoxWords(key, counter, count);
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** 23 bits of a word as float32 in [0, 1). */
export function unitFloat(word: number): number {
  bits[0] = 0x3f800000 | (word & 0x7fffff);
  return Math.fround((float[0] as number) - 1);
}

/** `tf.random_uniform`: `count` float32 in [low, high) of each word's low 23 bits, written to a byte address in a kernel. */
export function tensorflowUniform(
  kernel: Kernel,
  at: number,
  seeds: OperationSeeds,
  count: number,
  low: number,
  high: number,
): void {
  const { key, counter } = keyAndCounter(seeds, 0);
  kernel.exports.philoxUniforms(...key, ...counter, 9, 23, at, count, low, high);
}

/** Two normals of two words (Box & Muller 1958), sine first. */
export function boxMuller(first: number, second: number): [number, number] {
  const u = Math.max(unitFloat(first), SMALLEST_UNIFORM);
  const angle = Math.fround(TWO_PI * unitFloat(second));
  const radius = Math.fround(Math.sqrt(Math.fround(-2 * logf(u))));
  return [Math.fround(sinf(angle) * radius), Math.fround(cosf(angle) * radius)];
}

function scaled(normal: number, mean: number, deviation: number): number {
  return Math.fround(normal * Math.fround(deviation)) + Math.fround(mean);
}

/** `tf.random_normal`: `count` float32. */
export function tensorflowNormal(seeds: OperationSeeds, count: number, mean: number, deviation: number): Float32Array {
  const words = operationWords(seeds, count + (count % 2));
  const values = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    const [sine, cosine] = boxMuller(words[i] as number, words[i + 1] as number);
    values[i] = scaled(sine, mean, deviation);
    if (i + 1 < count) values[i + 1] = scaled(cosine, mean, deviation);
  }
  return values;
}

/** `tf.truncated_normal`: `count` float32 within two deviations, redrawn; each group of four has blocks of its own. */
export function tensorflowTruncatedNormal(
  seeds: OperationSeeds,
  count: number,
  mean: number,
  deviation: number,
): Float32Array {
  const values = new Float32Array(count);
  for (let group = 0; group < count; group += 4) {
    const { key, counter } = keyAndCounter(seeds, (group / 4) * GROUP_BLOCKS);
    const generator = philox4x32(key, counter);
    for (let i = group; i < Math.min(group + 4, count); ) {
      for (const normal of boxMuller(generator.next(), generator.next())) {
        if (Math.abs(normal) < 2 && i < Math.min(group + 4, count)) values[i++] = scaled(normal, mean, deviation);
      }
    }
  }
  return values;
}
