import { DEFAULT_GRAPH_SEED, tensorflowUniform } from '../random/tensorflowRandom.js';
import { kerasBackend } from './keras.js';

/** Keras 2.0.3 on TensorFlow 1.x: each tensor from Philox, keyed by the graph's seed and the child seed. */
export const tensorflow = kerasBackend({
  reluSlopeAtZero: 0,
  lowestSeed: 0,
  uniform: (kernel, at, childSeed, { count, low, high }, { tensorflow: graph = DEFAULT_GRAPH_SEED }) =>
    tensorflowUniform(kernel, at, { graph, operation: childSeed }, count, low, high),
});
