import type { Initializer, Layer, Optimizer } from '../src/network/network.js';

/** Keras 2.0.3's initializers with their defaults. */
export function initializerOf(name: string): Initializer {
  if (name === 'random_uniform') return { name, minval: -0.05, maxval: 0.05 };
  if (name === 'random_normal' || name === 'truncated_normal') return { name, mean: 0, stddev: 0.05 };
  if (name === 'orthogonal' || name === 'identity') return { name, gain: 1 };
  return { name } as Initializer;
}

export const noPenalty = { l1: 0, l2: 0 };

export function denseLayer(units: number, parts: Partial<Extract<Layer, { type: 'dense' }>> = {}): Layer {
  return {
    type: 'dense',
    units,
    activation: { name: 'linear' },
    useBias: true,
    kernelInitializer: { name: 'glorot_uniform' },
    biasInitializer: { name: 'zeros' },
    kernelRegularizer: noPenalty,
    biasRegularizer: noPenalty,
    ...parts,
  };
}

/** Keras 2.0.3's optimizers with their defaults. */
const optimizers: Record<string, Optimizer> = {
  sgd: { name: 'sgd', learningRate: 0.01, decay: 0, momentum: 0, nesterov: false },
  rmsprop: { name: 'rmsprop', learningRate: 0.001, decay: 0, rho: 0.9, epsilon: 1e-8 },
  adagrad: { name: 'adagrad', learningRate: 0.01, decay: 0, epsilon: 1e-8 },
  adadelta: { name: 'adadelta', learningRate: 1, decay: 0, rho: 0.95, epsilon: 1e-8 },
  adam: {
    ...{ name: 'adam', learningRate: 0.001, decay: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    iterations: 'before',
  },
  adamax: { name: 'adamax', learningRate: 0.002, decay: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  nadam: { name: 'nadam', learningRate: 0.002, scheduleDecay: 0.004, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
};

export function optimizerOf(name: string, parts: object = {}): Optimizer {
  return { ...optimizers[name.toLowerCase()], ...parts } as Optimizer;
}
