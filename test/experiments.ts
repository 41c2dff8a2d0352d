import type {
  BackendName,
  CommandExperiment,
  ModuleExperiment,
  NetworkExperiment,
  Seed,
} from '../src/experiment/experiment.js';
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

/** What programs have where a file says nothing. */
const program = { description: '', seed: 1, repeats: 30, direction: 'lower', timeout: null, retries: 0 } as const;

/** A program, with parts changed. */
export function commandWith(parts: Partial<CommandExperiment> = {}): CommandExperiment {
  return {
    ...program,
    ...{ kind: 'command', name: 'train {seed}', command: ['train', '{seed}'], cwd: '.', env: {} },
    ...{ setup: null, cleanup: null, artifacts: [], ignoreFailure: false },
    metrics: [{ from: 'last-line', name: 'score' }],
    ...parts,
  };
}

/** A module, with parts changed. */
export function moduleWith(parts: Partial<ModuleExperiment> = {}): ModuleExperiment {
  return {
    ...program,
    kind: 'module',
    name: 'train.mjs',
    module: 'train.mjs',
    backend: 'seedrandom',
    with: {},
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
