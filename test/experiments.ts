import type { BackendName, Experiment, Seed } from '../src/experiment/experiment.js';

/** The article's experiment, written out, with parts changed. */
export function articleWith(parts: Partial<Experiment> = {}): Experiment {
  return {
    name: 'article',
    description: '',
    backend: 'theano',
    seed: 1,
    repeats: 10,
    data: { kind: 'sequence', length: 10, lag: 1 },
    layers: [
      { type: 'dense', units: 10, activation: 'linear' },
      { type: 'dense', units: 1, activation: 'linear' },
    ],
    loss: 'mse',
    optimizer: { name: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    epochs: 100,
    batchSize: 'all',
    shuffle: true,
    ...parts,
  };
}

/** One experiment of each backend, with a seed that it takes. */
export const everyBackend: readonly { backend: BackendName; seed: Seed }[] = [
  { backend: 'theano', seed: 1 },
  { backend: 'tensorflow', seed: { numpy: 1, tensorflow: 2 } },
  { backend: 'seedrandom', seed: 'a seed' },
];
