import {
  DEFAULT_GRAPH_SEED,
  operationState,
  tensorflowNormal,
  tensorflowTruncatedNormal,
  tensorflowUniform,
} from '../random/tensorflowRandom.js';
import type { RootSeed } from './backend.js';
import { kerasBackend } from './keras.js';

function seedsOf(operation: number, { tensorflow: graph = DEFAULT_GRAPH_SEED }: RootSeed) {
  return { graph, operation };
}

/** Keras 2.0.3 on TensorFlow 1.x: each tensor and each noisy layer from Philox, keyed by the graph's seed and the child seed. */
export const tensorflow = kerasBackend({
  framework: 1,
  lowestSeed: 0,
  write(draw, childSeed, seed, kernel, at) {
    const seeds = seedsOf(childSeed, seed);
    if (draw.kind === 'uniform') return tensorflowUniform(kernel, at, seeds, draw.count, draw.low, draw.high);
    const normals = draw.kind === 'normal' ? tensorflowNormal : tensorflowTruncatedNormal;
    kernel.floats(at, draw.count).set(normals(seeds, draw.count, draw.mean, draw.deviation));
  },
  noise: (childSeed, seed) => operationState(seedsOf(childSeed, seed)),
});
