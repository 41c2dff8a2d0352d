import { describe, expect, test } from 'vitest';
import { parseOverride, parsePath } from '../../src/experiment/overrides.js';
import { loader, problemsOf, SMALLEST, temporaryFolder } from './folder.js';

const load = loader(temporaryFolder());
const AT = 'experiments/wide.yaml';
const changed = (...overrides: string[]) => load(SMALLEST, overrides).experiment;
const problems = (...overrides: string[]) => problemsOf(() => load(SMALLEST, overrides));

describe('key=value', () => {
  test.each([
    ['epochs=1000', ['epochs'], 1000],
    ['layers.0.units=32', ['layers', 0, 'units'], 32],
    ['layers[0].units=32', ['layers', 0, 'units'], 32],
    ['seed=', ['seed'], null],
    ['seed=null', ['seed'], null],
    ['seed="1"', ['seed'], '1'],
    ['shuffle=false', ['shuffle'], false],
    ['seed={numpy: 1, tensorflow: 2}', ['seed'], { numpy: 1, tensorflow: 2 }],
    ['data.inputs=[[1, 2]]', ['data', 'inputs'], [[1, 2]]],
    ['description=a=b', ['description'], 'a=b'],
    ['description=note: this', ['description'], 'note: this'],
    ['description=- this', ['description'], '- this'],
  ])('%s', (argument, path, value) => {
    expect(parseOverride(argument)).toEqual({ path, value, label: argument });
  });

  test.each([
    ['epochs', 'epochs: must be key=value'],
    ['=1', '=1: must be key=value, with a key like epochs or layers.0.units'],
    ['a..b=1', 'a..b=1: must be key=value, with a key like epochs or layers.0.units'],
    ['layers[x]=1', 'layers[x]=1: must be key=value, with a key like epochs or layers.0.units'],
    ['seed={numpy: 1', 'seed={numpy: 1: Flow map must end with a }'],
    ['seed=*x', 'seed=*x: Unresolved alias (the anchor must be set before the alias): x'],
    [`a=${'['.repeat(9_999)}`, `a=${'['.repeat(9_999)}: is nested too deeply`],
    ['seed=!!binary aGk=', 'seed=!!binary aGk=: Unresolved tag: tag:yaml.org,2002:binary'],
  ])('%#: what is no such thing is told so', (argument, expected) => {
    expect(problemsOf(() => parseOverride(argument))).toEqual([expected]);
  });
});

test('a path alone is read as that of an override', () => {
  expect(parsePath('layers[0].units')).toEqual(['layers', 0, 'units']);
  expect(problemsOf(() => parsePath(''))).toEqual([': must be a key like epochs or layers.0.units']);
});

test('a label is one line that no terminal obeys', () => {
  expect(parseOverride('name="a\n\u009b"').label).toBe('name="a\\u{a}\\u{9b}"');
});

describe('what overrides do', () => {
  test('parts change in place, and lists grow by one', () => {
    const { layers, epochs } = changed('epochs=1', 'layers.1.units=4', 'layers.2={type: dense, units: 1}');
    expect(epochs).toBe(1);
    expect(layers.map((layer) => layer.type === 'dense' && layer.units)).toEqual([10, 4, 1]);
  });

  test('the last one of a part counts', () => {
    expect(changed('epochs=1', 'epochs=2').epochs).toBe(2);
  });

  test('a part of a default can be set', () => {
    expect(changed('optimizer.learningRate=0.1').optimizer).toMatchObject({
      name: 'adam',
      learningRate: 0.1,
      beta1: 0.9,
    });
  });

  test('one seed replaces two, and a second seed joins one', () => {
    const two = `${SMALLEST}seed: {numpy: 1, tensorflow: 2}\n`;
    expect(load(two, ['seed=5']).experiment.seed).toBe(5);
    expect(load(two, [{ path: ['seed'], value: null, label: '--unseeded' }]).experiment.seed).toBe(null);
    expect(load(two, ['seed.tensorflow=7']).experiment.seed).toEqual({ numpy: 1, tensorflow: 7 });
    expect(load(`${SMALLEST}seed: 3\n`, ['seed.tensorflow=7']).experiment.seed).toEqual({ numpy: 3, tensorflow: 7 });
  });

  test('a layer changes alone, though an alias shares it', () => {
    const text = 'data: {kind: sequence, length: 9}\nlayers: [&l {type: dense, units: 1}, *l]\nepochs: 1';
    expect(
      load(text, ['layers.0.units=7']).experiment.layers.map((layer) => layer.type === 'dense' && layer.units),
    ).toEqual([7, 1]);
  });

  test('an override is not changed by those behind it', () => {
    const first = parseOverride('seed={numpy: 1}');
    expect(load(SMALLEST, [first, 'seed.numpy=2']).experiment.seed).toEqual({ numpy: 2 });
    expect(first.value).toEqual({ numpy: 1 });
  });

  test('a value that mends the file mends it', () => {
    expect(load(SMALLEST.replace('epochs: 100', 'epochs: x'), ['epochs=3']).experiment.epochs).toBe(3);
  });
});

describe('problems are placed at the override', () => {
  test.each([
    ['layers.0.units=x', 'layers[0].units must be a positive integer, got "x"'],
    ['epoch=5', 'unknown key "epoch", did you mean "epochs"?'],
    ['layer.0.units=5', 'unknown key "layer", did you mean "layers"?'],
    ['layers.0.unit=5', 'unknown key "unit", did you mean "units"?'],
    ['optimizer.learningRat=1', 'unknown key "learningRat", did you mean "learningRate"?'],
    ['__proto__.polluted=1', 'unknown key "__proto__"'],
    ['constructor.prototype.polluted=1', 'unknown key "constructor"'],
    ['data.__proto__=1', 'unknown key "__proto__"'],
    ['layers.3.units=1', 'the list has 2 parts, counted from 0'],
    ['layers.units=1', 'the list has 2 parts, counted from 0'],
    ['epochs.x=1', 'epochs has no parts'],
    ['seed.tensorflow=-7', 'seed.tensorflow must be null or an integer from 0 to 9007199254740991, got -7'],
    ['layers.2.type=dense', 'layers[2].units is missing'],
    ['data=[]', 'data must be a map with a kind, got an empty list'],
  ])('%s', (argument, expected) => {
    expect(problems(argument)).toEqual([`${argument}: ${expected}`]);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  test('a flag is shown as it was given', () => {
    const flag = { path: ['seed'], value: -1, label: '--seed -1' };
    expect(problemsOf(() => load(SMALLEST, [flag]))).toEqual([
      '--seed -1: seed must be an integer from 0 to 4294967295 for the theano backend, got -1',
    ]);
  });

  test('behind those of the file, all at once', () => {
    const text = SMALLEST.replace('epochs: 100', 'epochs: x');
    expect(problemsOf(() => load(text, ['layers.9.units=1', 'repeats=0']))).toEqual([
      `${AT}:5:9 epochs must be a positive integer, got "x"`,
      'layers.9.units=1: the list has 2 parts, counted from 0',
      'repeats=0: repeats must be a positive integer, got 0',
    ]);
  });
});
