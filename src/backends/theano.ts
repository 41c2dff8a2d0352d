import { theanoUniform } from '../random/theanoRandom.js';
import { kerasBackend } from './keras.js';

/** Keras 2.0.3 on Theano 0.9: each tensor from an MRG_RandomStreams of its own. */
export const theano = kerasBackend({
  reluSlopeAtZero: 0.5, // relu is ½(z + |z|)
  lowestSeed: 1,
  uniform: (kernel, at, childSeed, { count, low, high }) => theanoUniform(kernel, at, childSeed, count, low, high),
});
