import fc from 'fast-check';
import { test } from 'vitest';
import { ReproError } from '../../src/errors.js';
import { parseOverride } from '../../src/experiment/overrides.js';
import { loader, SMALLEST, temporaryFolder } from './folder.js';

const load = loader(temporaryFolder());

function givesOrTells(action: () => unknown): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof ReproError)) throw error;
    if (error.message === '') throw new Error('an empty message');
  }
}

const part = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('sequence', 'dense', 'all', 'adam', 'seedrandom', 'theano', 1, 2, 10, true, null),
);
const key = (...keys: string[]) => fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...keys) }, fc.string());
const layer = fc.dictionary(key('type', 'units', 'activation', '__proto__'), part);
const document = fc.dictionary(
  key('data', 'layers', 'epochs', 'seed', 'backend', 'optimizer', 'batchSize', 'repeats', 'constructor'),
  fc.oneof(
    part,
    fc.array(layer),
    fc.dictionary(key('kind', 'length', 'lag', 'inputs', 'targets', 'numpy', 'tensorflow', 'name'), part),
  ),
);

test('any JSON value as a file gives an experiment or a ReproError', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), document), (value) => givesOrTells(() => load(JSON.stringify(value)))),
    {
      numRuns: 1000,
    },
  );
});

test('any text and any bytes as a file give an experiment or a ReproError', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('- ', '  ', '&a ', '*a ', 'a: ', '? ', '{', '[', '!!set ', '%YAML 1.1', '---'),
  );
  const text = fc.array(line).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(fc.oneof(text, fc.uint8Array()), (content) => givesOrTells(() => load(content))),
    { numRuns: 1000 },
  );
});

test('any override of any part gives an experiment or a ReproError', () => {
  const step = fc.constantFrom(
    'data',
    'layers',
    '0',
    '2',
    'units',
    'seed',
    'numpy',
    'optimizer',
    '__proto__',
    'constructor',
  );
  const path = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => steps.join('.'));
  const override = fc.tuple(
    path,
    fc.oneof(
      part.map((value) => JSON.stringify(value)),
      fc.string(),
    ),
  );
  const overrides = fc.array(
    override.map(([place, value]) => `${place}=${value}`),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(overrides, (all) => givesOrTells(() => load(SMALLEST, all))),
    { numRuns: 1000 },
  );
});

test('any argument is an override or a ReproError', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (argument) => givesOrTells(() => parseOverride(argument))));
});
