import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NetworkExperiment } from '../../src/experiment/experiment.js';
import { executePlan } from '../../src/run/executePlan.js';
import { planRun } from '../../src/run/plan.js';
import { prepareNetwork } from '../../src/run/prepareNetwork.js';
import { repeatsOf } from '../../src/run/repeats.js';
import { anywhere } from '../experiments.js';
import { loader, problemsOf, temporaryFolder } from './folder.js';

const load = loader(temporaryFolder());
const AT = 'experiments/wide.yaml';

const CLASSES = `data: { kind: moons, rows: 20 }
layers:
  - { type: dense, units: 4, activation: relu }
  - { type: dense, units: 1, activation: sigmoid }
loss: binary_crossentropy
epochs: 1
`;

/** The text with parts replaced, `from>to`. */
function changed(changes: readonly string[], text = CLASSES): string {
  return changes.reduce((before, change) => {
    const [from = '', to = ''] = change.split('>');
    if (!before.includes(from)) throw new Error(`no ${from} in ${before}`);
    return before.replace(from, to);
  }, text);
}

type Case = readonly [title: string, changes: readonly string[], lines: readonly string[]];

describe('layers that do not fit each other or the data', () => {
  const cases: Case[] = [
    [
      'an embedding behind another layer',
      [
        'dense, units: 4, activation: relu>flatten',
        'dense, units: 1, activation: sigmoid>embedding, inputDim: 3, outputDim: 1',
      ],
      [
        `${AT}:4:5 layers[1] an embedding must be the first layer`,
        `${AT}:4:5 layers[1] must be followed by a layer of type flatten`,
        `${AT}:5:7 loss binary_crossentropy needs probabilities: give the last layer activation sigmoid, not linear`,
      ],
    ],
    [
      'a dense layer on vectors',
      ['dense, units: 4, activation: relu>embedding, inputDim: 3, outputDim: 2'],
      [`${AT}:4:5 layers[1] needs a layer of type flatten between it and the embedding`],
    ],
    [
      'an identity that is not square',
      ['units: 4, activation: relu>units: 4, kernelInitializer: identity'],
      [`${AT}:3:49 layers[0].kernelInitializer identity needs as many units as values that come in, 2, got 4`],
    ],
    [
      'an identity as a table that is not square',
      [
        'dense, units: 4, activation: relu>embedding, inputDim: 3, outputDim: 2, embeddingsInitializer: identity',
        '  - { type: dense, units: 1>  - { type: flatten }\n  - { type: dense, units: 1',
      ],
      [`${AT}:3:74 layers[0].embeddingsInitializer identity needs inputDim and outputDim to be the same, got 3 and 2`],
    ],
    [
      'a matrix as a bias',
      [
        'activation: relu>biasInitializer: orthogonal',
        'activation: sigmoid>activation: sigmoid, biasInitializer: { name: identity }',
      ],
      [
        `${AT}:3:47 layers[0].biasInitializer must be one for a single row: zeros, ones, constant …`,
        `${AT}:4:68 layers[1].biasInitializer must be one for a single row: zeros, ones, constant …`,
      ],
    ],
    [
      'more outputs than targets',
      ['units: 1>units: 3'],
      [`${AT}:4:27 layers[1].units of the last dense layer must be 1, one for each target, got 3`],
    ],
    [
      'no dense layer and another width',
      [
        'dense, units: 4, activation: relu>flatten',
        'dense, units: 1, activation: sigmoid>activation, activation: sigmoid',
      ],
      [`${AT}:3:3 layers must end with a dense layer of 1 unit, one for each target; 2 values come out`],
    ],
    [
      'softmax over one unit',
      ['activation: sigmoid>activation: softmax'],
      [`${AT}:4:5 layers[1] softmax over one unit is always 1: use sigmoid`],
    ],
    [
      'softmax over one unit, as a layer of its own',
      ['1, activation: sigmoid }>1 }\n  - { type: activation, activation: softmax }'],
      [`${AT}:5:5 layers[2] softmax over one unit is always 1: use sigmoid`],
    ],
  ];

  test.each(cases)('%s', (_, changes, lines) => {
    expect(problemsOf(() => load(changed(changes)))).toEqual(lines);
  });
});

describe('a loss that the outputs do not fit', () => {
  const cases: Case[] = [
    [
      'crossentropy behind a linear layer',
      ['activation: sigmoid>activation: linear'],
      [`${AT}:5:7 loss binary_crossentropy needs probabilities: give the last layer activation sigmoid, not linear`],
    ],
    [
      'crossentropy behind a tanh',
      ['activation: sigmoid>activation: tanh'],
      [`${AT}:5:7 loss binary_crossentropy needs probabilities: give the last layer activation sigmoid, not tanh`],
    ],
    [
      'crossentropy behind noise, which leaves no probabilities',
      ['sigmoid }>sigmoid }\n  - { type: gaussian_noise, stddev: 0.1 }'],
      [`${AT}:6:7 loss binary_crossentropy needs probabilities: give the last layer activation sigmoid, not linear`],
    ],
    [
      'categories of one unit',
      ['loss: binary>loss: categorical'],
      [`${AT}:5:7 loss categorical_crossentropy needs a unit for each category, got 1; binary_crossentropy needs one`],
    ],
    [
      'categories of units that are no probabilities',
      ['moons, rows: 20>blobs, rows: 20', 'units: 1, activation: sigmoid>units: 3', 'loss: binary>loss: categorical'],
      [
        `${AT}:5:7 loss categorical_crossentropy needs probabilities: give the last layer activation softmax, not linear`,
      ],
    ],
    [
      'a score of probabilities where there are none',
      [
        'activation: sigmoid>activation: linear',
        'loss: binary_crossentropy>loss: mse\nscore: { metric: binary_crossentropy }',
      ],
      [
        `${AT}:6:18 score.metric binary_crossentropy needs probabilities: give the last layer activation sigmoid, not linear`,
      ],
    ],
  ];

  test.each(cases)('%s', (_, changes, lines) => {
    expect(problemsOf(() => load(changed(changes)))).toEqual(lines);
  });
});

describe('a split that nothing is held out by', () => {
  const cases: Case[] = [
    [
      'a score on a test',
      ['epochs: 1>epochs: 1\nscore: { on: test }'],
      [`${AT}:7:14 score.on is test, but testSplit is 0: nothing is held out`],
    ],
    [
      'a score on validation',
      ['epochs: 1>epochs: 1\ntestSplit: 0.5\nscore: { on: validation }'],
      [`${AT}:8:14 score.on is validation, but validationSplit is 0: nothing is held out`],
    ],
    [
      'a monitor of validation',
      ['epochs: 1>epochs: 1\nearlyStopping: { monitor: val_acc }'],
      [`${AT}:7:27 earlyStopping.monitor is val_acc, but validationSplit is 0`],
    ],
    [
      "early stopping's own monitor",
      ['epochs: 1>epochs: 1\nearlyStopping: { patience: 3 }'],
      [`${AT}:7:16 earlyStopping.monitor is val_loss, but validationSplit is 0`],
    ],
    [
      'a share of all rows',
      ['epochs: 1>epochs: 1\ntestSplit: 1'],
      [`${AT}:7:12 testSplit must be a number from 0 to below 1, got 1`],
    ],
  ];

  test.each(cases)('%s', (_, changes, lines) => {
    expect(problemsOf(() => load(changed(changes)))).toEqual(lines);
  });
});

describe('columns that are chosen twice or not at all', () => {
  const csv = (rest: string) =>
    changed([
      `kind: moons, rows: 20>kind: csv, path: houses.csv, targets: [price]${rest}`,
      'loss: binary_crossentropy>loss: mse',
    ]);

  test('a feature that is a target', () => {
    expect(problemsOf(() => load(csv(', features: [rooms, price]')))).toEqual([
      `${AT}:1:66 data.features and data.targets must not share "price"`,
    ]);
  });

  test('a category that is no feature and no target', () => {
    expect(problemsOf(() => load(csv(', features: [rooms], categorical: [town]')))).toEqual([
      `${AT}:1:88 data.categorical names "town", which is no feature and no target`,
    ]);
  });

  test('several targets may have names of any length', () => {
    expect(load(csv('').replace('[price]', '[price, rent]')).experiment.data).toMatchObject({
      targets: ['price', 'rent'],
    });
  });

  test('without features nobody knows the columns yet', () => {
    expect(load(csv(', categorical: [town]')).experiment.data).toMatchObject({ categorical: ['town'] });
  });
});

describe('a seed that a backend does not take', () => {
  const sources = (backend: string, seed: string) =>
    problemsOf(() => load(`${CLASSES}backend: ${backend}\nseed: ${seed}\n`));

  test.each([
    ['theano', '{ root: 1, shuffle: null }', 'must be a number or a map with numpy and tensorflow', 'a map'],
    ['tensorflow', '{ data: 1 }', 'must be a number or a map with numpy and tensorflow', 'a map'],
    ['theano', 'cat', 'must be an integer from 0 to 4294967295', '"cat"'],
    ['tensorflow', '-1', 'must be an integer from 0 to 4294967295', '-1'],
    ['theano', '0.5', 'must be an integer from 0 to 4294967295', '0.5'],
    ['seedrandom', '{ numpy: 1 }', 'must be a number, a string or a map of root and sources', 'a map'],
  ])('%s and %s', (backend, seed, what, got) => {
    expect(sources(backend, seed)).toEqual([`${AT}:8:7 seed ${what} for the ${backend} backend, got ${got}`]);
  });

  test('a source that there is not', () => {
    expect(sources('seedrandom', '{ root: 1, shufle: 2 }')).toEqual([
      `${AT}:8:18 unknown key "shufle", did you mean "shuffle"?`,
    ]);
  });

  test('a source with a list for a seed', () => {
    expect(sources('seedrandom', '{ shuffle: [1] }')).toEqual([
      `${AT}:8:18 seed.shuffle must be null, a number or a string, got a list`,
    ]);
  });

  test.each([
    ['seedrandom', '{ root: 1, shuffle: null, data: cat, dropout: 0.5 }'],
    ['seedrandom', '{ noise: 1 }'],
    ['tensorflow', '{ tensorflow: null }'],
    ['theano', '{ numpy: null }'],
  ])('%s takes %s', (backend, seed) => {
    expect(load(`${CLASSES}backend: ${backend}\nseed: ${seed}\n`).experiment.backend).toBe(backend);
  });
});

describe('what fits passes', () => {
  test.each([
    ['the experiment that the others change', []],
    ['an identity that is square', ['units: 4, activation: relu>units: 2, kernelInitializer: identity']],
    ['hinge behind a tanh', ['activation: sigmoid>activation: tanh', 'loss: binary_crossentropy>loss: hinge']],
    [
      'softmax of categories',
      [
        'moons, rows: 20>blobs, rows: 20',
        'units: 1, activation: sigmoid>units: 3, activation: softmax',
        'loss: binary>loss: categorical',
      ],
    ],
    [
      'an activation behind a flatten and a dropout of nothing',
      [
        'sigmoid }>linear }\n  - { type: dropout, rate: 0 }\n  - { type: flatten }\n  - { type: activation, activation: sigmoid }',
      ],
    ],
    ['a monitor of the training', ['epochs: 1>epochs: 1\nearlyStopping: { monitor: loss }']],
  ] as [string, string[]][])('%s', (_, changes) => {
    expect(load(changed(changes)).experiment.layers.length).toBeGreaterThan(1);
  });
});

/** A network that ends in what its loss asks for. */
const anyExperiment = fc
  .record({
    task: fc.constantFrom(
      { data: { kind: 'moons', rows: 24, noise: 0.1 }, loss: 'binary_crossentropy', units: 1, last: 'sigmoid' },
      { data: { kind: 'circles', rows: 24 }, loss: 'binary_crossentropy', units: 1, last: 'hard_sigmoid' },
      { data: { kind: 'xor', rows: 24, standardize: true }, loss: 'mse', units: 1, last: 'softsign' },
      { data: { kind: 'blobs', rows: 24 }, loss: 'categorical_crossentropy', units: 3, last: 'softmax' },
      { data: { kind: 'sine', rows: 24, noise: 0.1 }, loss: 'mae', units: 1, last: 'linear' },
      { data: { kind: 'friedman1', rows: 24 }, loss: 'mse', units: 1, last: 'leaky_relu' },
      { data: { kind: 'sequence', length: 25, lag: 3 }, loss: 'mse', units: 1, last: 'linear' },
      {
        data: {
          kind: 'inline',
          inputs: Array.from({ length: 8 }, (_, i) => [i % 4, i >> 1]),
          targets: Array.from({ length: 8 }, (_, i) => [i & 1 ? 1 : -1]),
        },
        loss: 'hinge',
        units: 1,
        last: 'tanh',
      },
    ),
    hidden: fc.array(
      fc.oneof(
        fc.record({
          type: fc.constant('dense'),
          units: fc.integer({ min: 1, max: 9 }),
          activation: fc.constantFrom(
            'linear',
            'relu',
            'leaky_relu',
            'elu',
            'sigmoid',
            'hard_sigmoid',
            'tanh',
            'softplus',
            'softsign',
            'softmax',
          ),
          useBias: fc.boolean(),
          kernelInitializer: fc.constantFrom(
            'zeros',
            'ones',
            'constant',
            'random_uniform',
            'random_normal',
            'truncated_normal',
            'variance_scaling',
            'orthogonal',
            'lecun_uniform',
            'glorot_normal',
            'he_normal',
          ),
          kernelRegularizer: fc.constantFrom({}, { l1: 0.01 }, { l1: 0.01, l2: 0.02 }),
        }),
        fc.record({ type: fc.constant('dropout'), rate: fc.constantFrom(0, 0.3) }),
        fc.record({ type: fc.constant('gaussian_noise'), stddev: fc.constantFrom(0, 0.2) }),
        fc.record({ type: fc.constant('activation'), activation: fc.constantFrom('relu', 'softmax', 'elu') }),
        fc.constant({ type: 'flatten' }),
      ),
      { maxLength: 4 },
    ),
    optimizer: fc.record(
      {
        name: fc.constantFrom('sgd', 'rmsprop', 'adagrad', 'adadelta', 'adam', 'adamax', 'nadam'),
        clipNorm: fc.constantFrom(0.5, 10),
        clipValue: fc.constantFrom(0.1, 10),
      },
      { requiredKeys: ['name'] },
    ),
    splits: fc.constantFrom(
      {},
      { testSplit: 0.25 },
      { validationSplit: 0.25 },
      { testSplit: 0.2, validationSplit: 0.5 },
    ),
    stops: fc.boolean(),
    batchSize: fc.constantFrom(1, 3, 7, 1000, 'all'),
    reduction: fc.constantFrom('ordered', 'unordered'),
    backend: fc.constantFrom('theano', 'tensorflow', 'seedrandom'),
    embedded: fc.boolean(),
    metric: fc.constantFrom(undefined, 'mse', 'mae', 'accuracy', 'r2'),
  })
  .map(({ task, hidden, splits, stops, embedded, metric, ...rest }) => ({
    ...rest,
    ...splits,
    data: task.data,
    // The rows written out are whole numbers that can be looked up.
    layers: [
      ...(embedded && task.data.kind === 'inline'
        ? [{ type: 'embedding', inputDim: 4, outputDim: 2 }, { type: 'flatten' }]
        : []),
      ...hidden,
      { type: 'dense', units: task.units, activation: task.last },
    ],
    loss: task.loss,
    ...(stops ? { earlyStopping: { monitor: 'validationSplit' in splits ? 'val_loss' : 'loss' } } : {}),
    ...(metric ? { score: { metric } } : {}),
    seed: 1,
    repeats: 2,
    epochs: 1,
  }));

async function execute(experiment: NetworkExperiment): Promise<number[]> {
  const scores: number[] = [];
  const plan = planRun(experiment);
  await executePlan(plan, await prepareNetwork(plan, anywhere), {}, (chunk) => {
    scores.push(...repeatsOf(chunk).map(({ score }) => score));
  });
  return scores;
}

test.each(['sgd', 'rmsprop', 'adagrad', 'adadelta', 'adam', 'adamax', 'nadam'])(
  '%s trains with every way of clipping',
  async (name) => {
    for (const clipping of [{}, { clipNorm: 1 }, { clipValue: 1 }, { clipNorm: 1, clipValue: 1 }]) {
      const { experiment } = load(CLASSES, [
        `optimizer=${JSON.stringify({ name, ...clipping }, null, 1)}`,
        'repeats=1',
      ]);
      expect((await execute(experiment)).every(Number.isFinite)).toBe(true);
    }
  },
);

test('whatever passes trains', async () => {
  await fc.assert(
    fc.asyncProperty(anyExperiment, async (document) => {
      const { experiment } = load(JSON.stringify(document));
      expect(await execute(experiment)).toHaveLength(2);
    }),
    { numRuns: 150 },
  );
});
