import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { ReproError } from '../../src/errors.js';
import { loadExperiment } from '../../src/experiment/load.js';
import { prebuiltExperiment } from '../../src/experiment/prebuilt.js';
import { shippedFolder } from '../../src/experiment/shipped.js';

const cwd = mkdtempSync(join(tmpdir(), 'repro-load-'));
afterAll(() => rmSync(cwd, { recursive: true }));

function load(text: string | Uint8Array, overrides: string[] = [], name = 'it.yaml') {
  writeFileSync(join(cwd, name), text);
  return loadExperiment(`./${name}`, { cwd, shippedFolder: shippedFolder(), overrides });
}

const GOOD = 'data: { kind: sequence, length: 10 }\nlayers: [{ type: dense, units: 1 }]\nepochs: 1\n';

/** The message that loading gives. */
function message(text: string | Uint8Array, overrides: string[] = []): string {
  try {
    load(text, overrides);
  } catch (error) {
    if (error instanceof ReproError) return error.message;
    throw error;
  }
  return 'none';
}

describe('loadExperiment', () => {
  test('fills in the defaults', () => {
    expect(load(GOOD).experiment).toEqual({
      name: 'it',
      description: '',
      backend: 'theano',
      seed: null,
      repeats: 30,
      data: { kind: 'sequence', length: 10, lag: 1 },
      layers: [{ type: 'dense', units: 1, activation: 'linear' }],
      loss: 'mse',
      optimizer: { name: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      epochs: 1,
      batchSize: 32,
      shuffle: true,
    });
  });

  test('the shipped experiments are what the build resolved', () => {
    for (const name of ['article', 'article-tensorflow']) {
      const loaded = loadExperiment(name, { cwd, shippedFolder: shippedFolder(), overrides: [] });
      expect(prebuiltExperiment(name, cwd)).toEqual(loaded.experiment);
    }
  });

  test('JSON is read as well', () => {
    const json = JSON.stringify({
      data: { kind: 'sequence', length: 3 },
      layers: [{ type: 'dense', units: 1 }],
      epochs: 2,
    });
    expect(load(json, [], 'it.json').experiment.epochs).toBe(2);
  });

  test.each([
    ['', "it.yaml:1:1 must be a map of an experiment's parts"],
    ['- 1\n', "it.yaml:1:1 must be a map of an experiment's parts"],
    [Uint8Array.of(0xff, 0xfe, 0x00), 'cannot read it.yaml: it is not UTF-8 text'],
    [`${GOOD}epochs: 2\n`, 'it.yaml:4:1 Map keys must be unique'],
    [GOOD.replace('epochs: 1', ''), 'it.yaml:1:1 epochs is missing; it must be a positive integer up to 1000000000'],
    [`${GOOD}seed: { numpy: 1, tensor: 2 }\n`, 'it.yaml:4:19 unknown key "tensor", did you mean "tensorflow"?'],
    [
      `${GOOD}seed: .nan\n`,
      'it.yaml:4:7 seed must be null, a number, a string, or a map with numpy and tensorflow, got NaN',
    ],
    [
      `${GOOD}backend: seedrandom\nseed: { numpy: 1 }\n`,
      'it.yaml:5:7 seed must be one number or string for the seedrandom backend',
    ],
    [`${GOOD}optimizer: sgd\n`, 'it.yaml:4:12 optimizer.name must be adam, got "sgd"'],
    [GOOD.replace('sequence', 'sequenze'), 'it.yaml:1:15 data.kind must be sequence or inline, got "sequenze"'],
    [GOOD.replace('length: 10', 'length: 3, lag: 3'), 'it.yaml:1:41 data.lag must be below length 3, got 3'],
    [
      GOOD.replace('{ kind: sequence, length: 10 }', '{ kind: inline, inputs: [[1], [2, 3]], targets: [[1]] }'),
      'it.yaml:1:49 data.targets must have as many rows as inputs, 2, got 1\nit.yaml:1:31 data.inputs[1] must have 1 numbers as the first row, got 2',
    ],
    [
      GOOD.replace('{ kind: sequence, length: 10 }', '{ kind: inline, inputs: [[.inf]], targets: [[x]] }'),
      'it.yaml:1:27 data.inputs[0][0] must be a finite number, got Infinity\nit.yaml:1:46 data.targets[0][0] must be a finite number, got "x"',
    ],
  ])('a bad file is told with its place: %#', (text, wanted) => {
    expect(message(text)).toBe(wanted);
  });

  test('an override is placed by itself', () => {
    expect(message(GOOD, ['optimizer.beta1=1'])).toBe(
      'optimizer.beta1=1: optimizer.beta1 must be a number from 0 up to but not 1, got 1',
    );
    expect(message(GOOD, ['__proto__.x=1'])).toContain('unknown key "__proto__"');
    expect(message(GOOD, ['=1'])).toBe('=1: no key before =');
    expect(load(GOOD, ['layers[1].type=dense', 'layers[1].units=1']).experiment.layers).toHaveLength(2);
  });

  test('a million aliases are declined', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefg'].map((key, i) => `${key}: &${key} [${`*${'abcdef'[i]},`.repeat(9)}]`).join('\n')}\n`;
    expect(message(bomb)).toMatch(/^it\.yaml:1:1 Excessive alias count/);
  });

  test('any data is an experiment or a mistake that is told', () => {
    const key = fc.constantFrom(
      'data',
      'layers',
      'epochs',
      'seed',
      'optimizer',
      'repeats',
      'kind',
      'type',
      'units',
      '__proto__',
    );
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(
        fc.dictionary(key, tree),
        fc.array(fc.tuple(key, fc.string({ maxLength: 6 })), { maxLength: 2 }),
        (data, set) => {
          message(
            JSON.stringify(data),
            set.map(([name, value]) => `${name}=${value}`),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
