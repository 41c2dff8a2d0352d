import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ReproError } from '../../src/errors.js';
import { loadExperiment } from '../../src/experiment/load.js';
import { shippedFolder } from '../../src/experiment/shipped.js';
import { denseLayer, optimizerOf } from '../networks.js';
import { asNetwork, loader, problemsOf, SMALLEST, temporaryFolder } from './folder.js';

const cwd = temporaryFolder();
const load = loader(cwd);
const byName = (name: string, folder = cwd) =>
  asNetwork(loadExperiment(name, { cwd: folder, shippedFolder: shippedFolder(), overrides: [] }));
const AT = 'experiments/wide.yaml';
const LOSSES = 'mse, mae, hinge, binary_crossentropy or categorical_crossentropy';
const OPTIMIZERS = 'sgd, rmsprop, adagrad, adadelta, adam, adamax or nadam';

describe('what an experiment is', () => {
  test('data, layers and epochs are enough, and the rest has defaults', () => {
    expect(load(SMALLEST).experiment).toEqual({
      kind: 'network',
      name: 'wide',
      description: '',
      backend: 'theano',
      seed: null,
      repeats: 30,
      data: { kind: 'sequence', length: 10, lag: 1 },
      testSplit: 0,
      validationSplit: 0,
      layers: [denseLayer(10), denseLayer(1)],
      loss: 'mse',
      optimizer: optimizerOf('adam'),
      epochs: 100,
      batchSize: 32,
      shuffle: true,
      earlyStopping: null,
      reduction: 'ordered',
      score: { metric: 'mse', on: 'train' },
    });
  });

  test("a name of its own goes before the file's", () => {
    expect(load(`${SMALLEST}name: narrow\n`).experiment.name).toBe('narrow');
  });

  test('JSON is as good as YAML, with tabs too', () => {
    const json = JSON.stringify(
      { data: { kind: 'inline', inputs: [[0]], targets: [[1]] }, layers: [], epochs: 1 },
      null,
      '\t',
    );
    const valid = json.replace('[]', '[\n\t\t{"type": "dense", "units": 1}]');
    expect(load(valid, [], 'one.json').experiment.data).toEqual({ kind: 'inline', inputs: [[0]], targets: [[1]] });
  });

  test('a byte order mark and Windows line ends change nothing', () => {
    expect(load(`\ufeff${SMALLEST.replaceAll('\n', '\r\n')}`).experiment).toEqual(load(SMALLEST).experiment);
  });

  test('aliases of YAML stand for what they name', () => {
    const text = 'data: {kind: sequence, length: 9}\nlayers: [&l {type: dense, units: 1}, *l]\nepochs: 1';
    expect(load(text).experiment.layers).toHaveLength(2);
  });

  test.each([
    ['theano', '0'],
    ['theano', '4294967295'],
    ['theano', '{numpy: 1}'],
    ['theano', '{numpy: 1, tensorflow: 2}'],
    ['tensorflow', '4294967295'],
    ['tensorflow', '{numpy: 4294967295, tensorflow: 9007199254740991}'],
    ['seedrandom', 'hello'],
    ['seedrandom', '-1.5'],
    ['seedrandom', 'null'],
  ])('%s takes the seed %s', (backend, seed) => {
    expect(load(`${SMALLEST}backend: ${backend}\nseed: ${seed}\n`).experiment.backend).toBe(backend);
  });
});

describe('every problem has its place', () => {
  const bad: [string, string, string[]][] = [
    ['a text for a number', 'epochs: 100>epochs: "8"', [`${AT}:5:9 epochs must be a positive integer, got "8"`]],
    ['a fraction', 'units: 10>units: 1.5', [`${AT}:3:27 layers[0].units must be a positive integer, got 1.5`]],
    ['zero units', 'units: 10>units: 0', [`${AT}:3:27 layers[0].units must be a positive integer, got 0`]],
    ['too many units', 'units: 10>units: 65537', [`${AT}:3:27 layers[0].units must be at most 65536, got 65537`]],
    ['too many epochs', '100>1000000001', [`${AT}:5:9 epochs must be at most 1000000000, got 1000000001`]],
    ['a short sequence', 'length: 10>length: 1', [`${AT}:1:33 data.length must be an integer of at least 2, got 1`]],
    ['a long lag', '10 }>10, lag: 10 }', [`${AT}:1:42 data.lag must be below data.length, 10, got 10`]],
    ['a missing value', 'epochs: 100>epochs:', [`${AT}:5:8 epochs must be a positive integer, got null`]],
    ['a missing key', 'epochs: 100>repeats: 1', [`${AT}:1:1 epochs is missing`]],
    ['a missing part', ', length: 10> ', [`${AT}:1:7 data.length is missing`]],
    [
      'an unknown key',
      'epochs>epoch',
      [`${AT}:1:1 epochs is missing`, `${AT}:5:1 unknown key "epoch", did you mean "epochs"?`],
    ],
    ['a key that nothing is near', 'epochs:>zzzzzz: 1\nepochs:', [`${AT}:5:1 unknown key "zzzzzz"`]],
    [
      'a key of a layer',
      'units: 1 >units: 1, Activation: relu ',
      [`${AT}:4:30 unknown key "Activation", did you mean "activation"?`],
    ],
    ['a key of the other kind of data', '10 }>10, inputs: [[1]] }', [`${AT}:1:37 unknown key "inputs"`]],
    [
      'an unknown layer',
      'dense, units: 10>dens, units: 10',
      [
        `${AT}:3:13 layers[0].type must be dense, embedding, flatten, activation, dropout or gaussian_noise, got "dens"; did you mean "dense"?`,
      ],
    ],
    [
      'an unknown kind of data',
      'sequence>sequnce',
      [
        `${AT}:1:15 data.kind must be sequence, inline, csv, jsonl, xor, moons, circles, blobs, sine or friedman1, got "sequnce"; did you mean "sequence"?`,
      ],
    ],
    ['data without a kind', 'kind: sequence, >', [`${AT}:1:7 data.kind is missing`]],
    [
      'data that is no map',
      '{ kind: sequence, length: 10 }>[1]',
      [`${AT}:1:7 data must be a map with a kind, got a list`],
    ],
    [
      'a layer that is none',
      '{ type: dense, units: 10 }>dense',
      [`${AT}:3:5 layers[0] must be a map with a type, got "dense"`],
    ],
    [
      'a last layer that does not fit',
      'units: 1 >units: 2 ',
      [`${AT}:4:27 layers[1].units of the last dense layer must be 1, one for each target, got 2`],
    ],
  ];
  test.each(bad)('%s', (_, change, expected) => {
    const [from = '', to = ''] = change.split('>');
    const problems = problemsOf(() => load(SMALLEST.replace(from, to)));
    expect(problems).toEqual(expected);
  });

  const added: [string, string][] = [
    ['backend: theno', '10 backend must be theano, tensorflow or seedrandom, got "theno"; did you mean "theano"?'],
    ['backend: 1', '10 backend must be theano, tensorflow or seedrandom, got 1'],
    ['name: 1', '7 name must be a text, got 1'],
    ['description: [a]', '14 description must be a text, got a list'],
    ['repeats: 0', '10 repeats must be a positive integer, got 0'],
    ['repeats: 4294967296', '10 repeats must be at most 4294967295, got 4294967296'],
    ['loss: maee', `7 loss must be ${LOSSES}, got "maee"; did you mean "mae"?`],
    ['optimizer: adamm', `12 optimizer must be ${OPTIMIZERS}, got "adamm"; did you mean "adam"?`],
    ['optimizer: [adam]', `12 optimizer must be ${OPTIMIZERS}, got a list`],
    ['optimizer: {name: adem}', `19 optimizer.name must be ${OPTIMIZERS}, got "adem"; did you mean "adam"?`],
    ['optimizer: {learningRate: 0}', '27 optimizer.learningRate must be a number above 0, got 0'],
    ['optimizer: {learningRate: .inf}', '27 optimizer.learningRate must be a number above 0, got Infinity'],
    ['optimizer: {beta1: 1}', '20 optimizer.beta1 must be a number from 0 to below 1, got 1'],
    ['optimizer: {beta2: -0.1}', '20 optimizer.beta2 must be a number from 0 to below 1, got -0.1'],
    ['optimizer: {epsilon: .nan}', '22 optimizer.epsilon must be a number above 0, got NaN'],
    ['optimizer: {learning_rate: 1}', '13 unknown key "learning_rate", did you mean "learningRate"?'],
    ['batchSize: 0', '12 batchSize must be a positive integer or all, got 0'],
    ['batchSize: al', '12 batchSize must be a positive integer or all, got "al"'],
    ['batch_size: 4', '1 unknown key "batch_size", did you mean "batchSize"?'],
    ['shuffle: yes', '10 shuffle must be true or false, got "yes"'],
    ['seed: [1]', '7 seed must be null, a number, a string or a map of seeds, got a list'],
    ['seed: .nan', '7 seed must be null, a number, a string or a map of seeds, got NaN'],
    ['seed: -1', '7 seed must be an integer from 0 to 4294967295 for the theano backend, got -1'],
    ['seed: 4294967296', '7 seed must be an integer from 0 to 4294967295 for the theano backend, got 4294967296'],
    ['seed: one', '7 seed must be an integer from 0 to 4294967295 for the theano backend, got "one"'],
    ['seed: {numpy: 4294967296}', '15 seed.numpy must be null or an integer from 0 to 4294967295, got 4294967296'],
    [
      'seed: {numpy: 1, tensorflow: -1}',
      '30 seed.tensorflow must be null or an integer from 0 to 9007199254740991, got -1',
    ],
    ['seed: {numpy: 1, tensrflow: 1}', '18 unknown key "tensrflow", did you mean "tensorflow"?'],
    ['__proto__: {polluted: 1}', '1 unknown key "__proto__"'],
    ['constructor: 1', '1 unknown key "constructor"'],
    ['toString: 1', '1 unknown key "toString"'],
    ['<<: {repeats: 1}', '1 unknown key "<<"'],
    ['"a\\u009bb": 1', '1 unknown key "a\\u{9b}b"'],
  ];
  test.each(added)('%s', (line, expected) => {
    expect(problemsOf(() => load(`${SMALLEST}${line}\n`))).toEqual([`${AT}:6:${expected}`]);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  test.each([
    ['tensorflow', '4294967296', 'must be an integer from 0 to 4294967295 for the tensorflow backend, got 4294967296'],
    [
      'seedrandom',
      '{numpy: 1}',
      'must be a number, a string or a map of root and sources for the seedrandom backend, got a map',
    ],
  ])('%s does not take the seed %s', (backend, seed, expected) => {
    const text = `${SMALLEST}backend: ${backend}\nseed: ${seed}\n`;
    expect(problemsOf(() => load(text))).toEqual([`${AT}:7:7 seed ${expected}`]);
  });

  const inline: [string, string, string][] = [
    ['[]', '[[1]]', '1:31 data.inputs must have at least one row'],
    ['[[]]', '[[1]]', '1:32 data.inputs[0] must not be empty'],
    ['[0]', '[[1]]', '1:32 data.inputs[0] must be a list of numbers, got 0'],
    ['[[0], [1]]', '[[1]]', '1:52 data.targets must have as many rows as data.inputs, 2, got 1'],
    ['[[0], [1, 2]]', '[[1], [2]]', '1:37 data.inputs[1] must have as many numbers as the first row, 1, got 2'],
    ['[[.nan]]', '[[1]]', '1:33 data.inputs[0][0] must be a finite number, got NaN'],
    ['[[a]]', '[[1]]', '1:33 data.inputs[0][0] must be a finite number, got "a"'],
    ['[[1]]', '[[1, 2]]', '4:27 layers[1].units of the last dense layer must be 2, one for each target, got 1'],
    ['3', '[[1]]', '1:31 data.inputs must be a list of rows, got 3'],
  ];
  test.each(inline)('inputs %s with targets %s', (inputs, targets, expected) => {
    const data = `{ kind: inline, inputs: ${inputs}, targets: ${targets} }`;
    const text = SMALLEST.replace('{ kind: sequence, length: 10 }', data);
    expect(problemsOf(() => load(text))).toEqual([`${AT}:${expected}`]);
  });

  test('all at once, in the order of the file', () => {
    const text = `layers:
  - { type: dense, units: "8", unit: 8 }
  - { type: dense, units: 2 }
data: { kind: sequence, length: 4, lag: 4, gap: 1 }
batch: 3
backend: theno
seed: { numpy: -1 }
shuffle: 1
`;
    expect(problemsOf(() => load(text))).toEqual([
      `${AT}:1:1 epochs is missing`,
      `${AT}:2:27 layers[0].units must be a positive integer, got "8"`,
      `${AT}:2:32 unknown key "unit", did you mean "units"?`,
      `${AT}:4:41 data.lag must be below data.length, 4, got 4`,
      `${AT}:4:44 unknown key "gap"`,
      `${AT}:5:1 unknown key "batch", did you mean "batchSize"?`,
      `${AT}:6:10 backend must be theano, tensorflow or seedrandom, got "theno"; did you mean "theano"?`,
      `${AT}:7:16 seed.numpy must be null or an integer from 0 to 4294967295, got -1`,
      `${AT}:8:10 shuffle must be true or false, got 1`,
    ]);
  });
});

describe('files that are no experiments', () => {
  const cases: [string, string | Uint8Array, string][] = [
    ['nothing', '', '1:1 is empty'],
    ['comments alone', '# soon\n', '1:1 is empty'],
    ['a list', '\n- 1\n', "2:1 must be a map of an experiment's parts"],
    ['a text', 'hello', "1:1 must be a map of an experiment's parts"],
    ['null', 'null', "1:1 must be a map of an experiment's parts"],
    [
      'bad syntax',
      'epochs: 1\ndata: {a: 1',
      '2:12 Flow map in block collection must be sufficiently indented and end with a }',
    ],
    ['tabs', 'data:\n\tkind: inline', '2:1 Tabs are not allowed as indentation'],
    ['a key twice', `${SMALLEST}epochs: 3\n`, '6:1 the key "epochs" stands there twice'],
    ['two documents', `${SMALLEST}---\nepochs: 1\n`, '6:1 must be one document, and another begins here'],
    ['a tag', `${SMALLEST}seed: !!binary aGk=\n`, '6:7 Unresolved tag: tag:yaml.org,2002:binary'],
    ['an alias of nothing', `${SMALLEST}seed: *one\n`, '6:7 nothing above is called &one'],
    [
      'too many aliases',
      `seed: &s {numpy: 1}\nlayers: [${'*s,'.repeat(200)}]`,
      '2:10 too many aliases: they repeat more than 100 parts',
    ],
    ['a deep nest', '['.repeat(20_000) + ']'.repeat(20_000), '1:1 is nested too deeply'],
    ['a deep nest on the way down', ' ['.repeat(3_000), '1:1 is nested too deeply'],
    ['a deep nest of dashes', '- '.repeat(20_000), '1:1 is nested too deeply'],
    ['a deep nest of questions', '? '.repeat(5_000), '1:1 is nested too deeply'],
    ['a deep nest of maps', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, '1:1 is nested too deeply'],
    ['bytes', new Uint8Array([0x61, 0x0a, 0x61, 0xff, 0xfe]), '2:2 is not UTF-8 text'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0x00]), '1:1 is not UTF-8 text'],
    ['a NUL', 'name: a\nseed: \0', '2:7 is not text but binary'],
  ];
  test.each(cases)('%s', (_, content, expected) => {
    expect(problemsOf(() => load(content))).toEqual([`${AT}:${expected}`]);
  });

  test('an alias that holds itself is a problem, and no endless loop', () => {
    expect(problemsOf(() => load('layers: &l [*l]'))).toEqual([`${AT}:1:13 &l holds itself`]);
  });

  test('a folder, a missing file and a circular link say what they are', () => {
    mkdirSync(join(cwd, 'folder.yaml'), { recursive: true });
    symlinkSync('loop.yaml', join(cwd, 'loop.yaml'));
    expect(problemsOf(() => byName('folder.yaml'))).toEqual(['cannot read folder.yaml: it is a folder']);
    expect(problemsOf(() => byName('none.yaml'))).toEqual(['cannot read none.yaml: no such file']);
    expect(problemsOf(() => byName('loop.yaml'))).toEqual([
      'cannot read loop.yaml: its symbolic links go round in circles',
    ]);
    expect(problemsOf(() => byName('/dev/null'))).toEqual(['cannot read /dev/null: it is a device']);
    expect(problemsOf(() => byName('a\0/b'))).toHaveLength(1);
  });
});

describe('names', () => {
  test('a name is looked for in ./experiments, then among the shipped', () => {
    const folder = temporaryFolder();
    expect(byName('article', folder).experiment.backend).toBe('theano');
    mkdirSync(join(folder, 'experiments'));
    writeFileSync(join(folder, 'experiments/article.json'), JSON.stringify({ epochs: 1 }));
    expect(problemsOf(() => byName('article', folder))[0]).toBe('experiments/article.json:1:1 data is missing');
    writeFileSync(join(folder, 'experiments/article.yml'), SMALLEST);
    expect(byName('article', folder).file).toBe('experiments/article.yml');
    writeFileSync(join(folder, 'experiments/article.yaml'), SMALLEST);
    expect(byName('article', folder).file).toBe('experiments/article.yaml');
  });

  test('an unknown name brings the nearest ones', () => {
    const folder = temporaryFolder();
    expect(problemsOf(() => byName('artcle', folder))).toEqual(['no experiment "artcle", did you mean "article"?']);
    expect(problemsOf(() => byName('artic', folder))).toEqual([
      'no experiment "artic", did you mean "article" or "article-tensorflow"?',
    ]);
    expect(problemsOf(() => byName('zzz', folder))).toEqual(['no experiment "zzz"']);
    const hint = (() => {
      try {
        byName('zzz', folder);
      } catch (error) {
        return (error as ReproError).hint;
      }
    })();
    expect(hint).toContain('repro list');
  });

  test('a file outside the current folder is shown in full', () => {
    expect(byName('article').file).toBe(join(shippedFolder(), 'article.yaml'));
    expect(byName('experiments/article.yaml', join(shippedFolder(), '..')).file).toBe('experiments/article.yaml');
  });
});

describe('origins', () => {
  const layerDefaults = (layer: number) =>
    [
      ...['activation.name = linear', 'useBias = true', 'kernelInitializer.name = glorot_uniform'],
      ...['biasInitializer.name = zeros', 'kernelRegularizer.l1 = 0', 'kernelRegularizer.l2 = 0'],
      ...['biasRegularizer.l1 = 0', 'biasRegularizer.l2 = 0'],
    ].map((text) => `layers[${layer}].${text}, default`);

  test('every value says whence it comes: the file in its order, what was added, defaults', () => {
    const text = `epochs: 5\n${SMALLEST.replace('epochs: 100\n', '')}optimizer: adam\nseed: 3\n`;
    const overrides = ['epochs=7', 'seed.tensorflow=2', 'optimizer.beta1=0.5', 'shuffle=false'];
    expect(load(text, overrides).origins.map(({ path, value, origin }) => `${path} = ${value}, ${origin}`)).toEqual([
      'epochs = 7, command line',
      `data.kind = sequence, ${AT}:2`,
      `data.length = 10, ${AT}:2`,
      `layers[0].type = dense, ${AT}:4`,
      `layers[0].units = 10, ${AT}:4`,
      `layers[1].type = dense, ${AT}:5`,
      `layers[1].units = 1, ${AT}:5`,
      `optimizer.name = adam, ${AT}:6`,
      `seed.numpy = 3, ${AT}:7`,
      'seed.tensorflow = 2, command line',
      'optimizer.beta1 = 0.5, command line',
      'shuffle = false, command line',
      'kind = network, default',
      'name = wide, default',
      'description = , default',
      'repeats = 30, default',
      'backend = theano, default',
      'data.lag = 1, default',
      'testSplit = 0, default',
      'validationSplit = 0, default',
      ...layerDefaults(0),
      ...layerDefaults(1),
      'loss = mse, default',
      'optimizer.learningRate = 0.001, default',
      'optimizer.decay = 0, default',
      'optimizer.beta2 = 0.999, default',
      'optimizer.epsilon = 1e-8, default',
      'optimizer.iterations = before, default',
      'batchSize = 32, default',
      'earlyStopping = null, default',
      'reduction = ordered, default',
      'score.metric = mse, default',
      'score.on = train, default',
    ]);
  });
});
