import type { BackendName, NetworkExperiment, Seed } from '../src/experiment/experiment.js';
import type { Problem } from '../src/experiment/fit.js';
import { denseLayer, optimizerOf } from './networks.js';

/** The article's experiment, written out, with parts changed. */
export function articleWith(parts: Partial<NetworkExperiment> = {}): NetworkExperiment {
  return {
    kind: 'network',
    name: 'article',
    description: '',
    backend: 'theano',
    seed: 1,
    repeats: 10,
    data: { kind: 'sequence', length: 10, lag: 1 },
    layers: [denseLayer(10), denseLayer(1)],
    loss: 'mse',
    optimizer: optimizerOf('adam'),
    epochs: 100,
    batchSize: 'all',
    shuffle: true,
    testSplit: 0,
    validationSplit: 0,
    earlyStopping: null,
    reduction: 'ordered',
    score: { metric: 'mse', on: 'train' },
    ...parts,
  };
}

/** One experiment of each backend, with a seed that it takes. */
export const everyBackend: readonly { backend: BackendName; seed: Seed }[] = [
  { backend: 'theano', seed: 1 },
  { backend: 'tensorflow', seed: { numpy: 1, tensorflow: 2 } },
  { backend: 'seedrandom', seed: 'a seed' },
];

/** A place for experiments without files. */
export const anywhere = { folder: '/', show: (path: string) => path, tell: ({ message }: Problem) => message };
