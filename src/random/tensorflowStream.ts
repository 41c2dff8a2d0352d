import { philox4x32 } from './philox4x32.js';
import { boxMuller, type OperationSeeds, operationState, unitFloat } from './tensorflowRandom.js';
import type { WordGenerator } from './wordGenerator.js';

/** The values of a random operation of TensorFlow 1.x, one after the other. */
export interface TensorflowStream {
  /** float32 in [low, high) of the next word. */
  uniform(low: number, high: number): number;
  /** float32 of the next two words, or the second normal of a pair. */
  normal(mean: number, deviation: number): number;
  clone(): TensorflowStream;
}

/**
 * Where uniforms alone are drawn, they are the elements of `tf.random_uniform([n])`; normals alone are those of
 * `tf.random_normal([n])`, for any n. Draws of both kinds share the one stream, so that none is made of another's words.
 */
export function tensorflowStream(seeds: OperationSeeds): TensorflowStream {
  const [key0, key1, ...counter] = operationState(seeds);
  return from(philox4x32([key0, key1], counter), undefined);
}

function from(generator: WordGenerator, firstSpare: number | undefined): TensorflowStream {
  let spare = firstSpare;
  const standardNormal = () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const [sine, cosine] = boxMuller(generator.next(), generator.next());
    spare = cosine;
    return sine;
  };
  return {
    uniform(low, high) {
      const width = Math.fround(Math.fround(high) - Math.fround(low));
      return Math.fround(Math.fround(unitFloat(generator.next()) * width) + Math.fround(low));
    },
    normal: (mean, deviation) =>
      Math.fround(Math.fround(standardNormal() * Math.fround(deviation)) + Math.fround(mean)),
    clone: () => from(generator.clone(), spare),
  };
}
