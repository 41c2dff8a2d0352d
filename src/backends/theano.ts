import { theanoNormal, theanoTruncatedNormal, theanoUniform } from '../random/theanoRandom.js';
import { kerasBackend } from './keras.js';

/** Keras 2.0.3 on Theano 0.9: each tensor, and each noisy layer, from an MRG_RandomStreams of its own. */
export const theano = kerasBackend({
  framework: 0,
  lowestSeed: 1,
  write(draw, childSeed, _, kernel, at) {
    if (draw.kind === 'uniform') return theanoUniform(kernel, at, childSeed, draw.count, draw.low, draw.high);
    const normals = draw.kind === 'normal' ? theanoNormal : theanoTruncatedNormal;
    kernel.floats(at, draw.count).set(normals(childSeed, draw.count, draw.mean, draw.deviation));
  },
  noise: (childSeed) => [childSeed, 0, 0, 0, 0, 0],
});
