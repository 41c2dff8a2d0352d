import { describe, expect, test } from 'vitest';
import { loadCommand } from '../../src/experiment/load.js';
import { commandWith, moduleWith } from '../experiments.js';
import { anyLoader, problemsOf, temporaryFolder } from './folder.js';

const cwd = temporaryFolder();
const load = anyLoader(cwd);
const AT = 'experiments/wide.yaml';
const TRAIN = 'command: [python3, train.py, "{seed}"]\n';
const MODULE = 'module: train.mjs\n';
const experimentOf = (text: string, ...overrides: string[]) => load(text, overrides).experiment;
const problems = (text: string, ...overrides: string[]) => problemsOf(() => load(text, overrides));
const command = ['python3', 'train.py', '{seed}'];

describe('what a program is', () => {
  test('a command is enough, and the rest has defaults', () => {
    expect(experimentOf(TRAIN)).toEqual(commandWith({ name: 'wide', seed: null, command }));
  });

  test('a module is enough, and the rest has defaults', () => {
    expect(experimentOf(MODULE)).toEqual(moduleWith({ name: 'wide', seed: null }));
  });

  test('its kind may be told, and must be that of what it runs', () => {
    expect(experimentOf(`kind: command\n${TRAIN}`).kind).toBe('command');
    expect(experimentOf(`kind: module\n${MODULE}`).kind).toBe('module');
    expect(problems(`kind: module\n${TRAIN}`)).toEqual([
      `${AT}:1:1 module is missing`,
      `${AT}:2:1 unknown key "command"`,
    ]);
    expect(problems(`kind: comand\n${TRAIN}`)[0]).toBe(
      `${AT}:1:7 kind must be network, command or module, got "comand"; did you mean "command"?`,
    );
    expect(problems(`${TRAIN}${MODULE}`)).toEqual([`${AT}:2:1 unknown key "module"`]);
  });

  test('every key of a command is heard', () => {
    const text = `${TRAIN}name: mine
description: trains
seed: cat
repeats: 3
direction: higher
timeout: 10m
retries: 2
cwd: src
env: { LR: 0.10, DEBUG: true, HOME: null }
setup: [mkdir, "{repeat}"]
cleanup: [rm, -r, "{repeat}"]
metrics: [{ from: time, name: seconds }]
artifacts: [model.bin]
ignoreFailure: true
`;
    expect(experimentOf(text)).toEqual({
      ...{ kind: 'command', name: 'mine', description: 'trains', seed: 'cat', repeats: 3, direction: 'higher' },
      ...{ timeout: 600, retries: 2, command, cwd: 'src', env: { LR: '0.10', DEBUG: 'true', HOME: null } },
      ...{ setup: ['mkdir', '{repeat}'], cleanup: ['rm', '-r', '{repeat}'], artifacts: ['model.bin'] },
      ...{ metrics: [{ from: 'time', name: 'seconds' }], ignoreFailure: true },
    });
  });

  test('every key of a module is heard', () => {
    const text = `${MODULE}backend: theano\nwith: { depth: 3, names: [a, null] }\ntimeout: 500ms\ndirection: higher\n`;
    const parts = { backend: 'theano', with: { depth: 3, names: ['a', null] }, direction: 'higher' } as const;
    expect(experimentOf(text)).toEqual(moduleWith({ name: 'wide', seed: null, timeout: 0.5, ...parts }));
  });

  test('words are as they are written, though YAML would have numbers', () => {
    const words = ['x', '1.10', '1e-5', '0x1F', '007', 'True', '-0', '+1', '12345678901234567890', 'no', '.inf'];
    expect(experimentOf(`command: [${words.join(', ')}]\n`)).toMatchObject({ command: words });
    expect(experimentOf('{"command": ["x", 1.10, true]}')).toMatchObject({ command: ['x', '1.10', 'true'] });
    expect(experimentOf(TRAIN, 'command[2]=1.10', 'env.LR=1e-5')).toMatchObject({
      ...{ command: ['python3', 'train.py', '1.10'], env: { LR: '1e-5' } },
    });
    expect(experimentOf(TRAIN, 'env={ LR: 0.10, HOME: null }')).toMatchObject({ env: { LR: '0.10', HOME: null } });
    expect(experimentOf(`${MODULE}with: { rate: 1.10 }`)).toMatchObject({ with: { rate: 1.1 } });
  });

  test.each([
    ...[
      '#fff',
      '',
      ' ',
      '{seed}',
      'null',
      '1.10',
      'true',
      'a: b',
      '[1',
      '"x',
      "'",
      'a # b',
      '&a',
      '*a',
      '!x',
      'a=b',
      '- x',
    ],
  ])('a variable beside the file is text as it stands: %j', (value) => {
    expect(experimentOf(TRAIN, `env.V=${value}`)).toMatchObject({ env: { V: value } });
    expect(experimentOf(`${TRAIN}env: { A: a, V: v }\n`, `env.V=${value}`)).toMatchObject({
      env: { A: 'a', V: value },
    });
  });

  test('the score decides which are better, unless the file does', () => {
    const direction = (text: string) => {
      const { experiment } = load(`${TRAIN}${text}`);
      return experiment.kind === 'command' && experiment.direction;
    };
    expect(['loss', 'val_loss', 'time', 'macro'].map((name) => direction(`metrics: [${name}]`))).toEqual(
      Array(4).fill('lower'),
    );
    expect(['accuracy', 'val.acc', 'f1', 'AUC', 'mean_reward'].map((name) => direction(`metrics: [${name}]`))).toEqual(
      Array(5).fill('higher'),
    );
    expect(direction('metrics: [accuracy]\ndirection: lower')).toBe('lower');
  });
});

describe('where numbers are read', () => {
  test.each([
    ['loss', { from: 'stdout', key: 'loss', name: 'loss' }],
    ['{ from: last-line }', { from: 'last-line', name: 'score' }],
    ['{ from: stdout, key: val.loss }', { from: 'stdout', key: 'val.loss', name: 'val.loss' }],
    ['{ from: regex, pattern: "loss (\\\\S+)" }', { from: 'regex', pattern: 'loss (\\S+)', name: 'match' }],
    ['{ from: regex, pattern: "(?P<mse>.)" }', { from: 'regex', pattern: '(?P<mse>.)', name: 'mse' }],
    ['{ from: regex, pattern: "(?<mse>.)" }', { from: 'regex', pattern: '(?<mse>.)', name: 'mse' }],
    ['{ from: file, file: r.json }', { from: 'file', file: 'r.json', path: '', name: 'r.json' }],
    ['{ from: file, file: r.json, path: a.b }', { from: 'file', file: 'r.json', path: 'a.b', name: 'b' }],
    ['{ from: file, file: r.json, path: "a[2].b" }', { from: 'file', file: 'r.json', path: 'a[2].b', name: 'b' }],
    ['{ from: time }', { from: 'time', name: 'time' }],
    ['{ from: exit-code }', { from: 'exit-code', name: 'exit code' }],
    ['{ from: exit-code, name: status }', { from: 'exit-code', name: 'status' }],
  ])('%s', (text, source) => {
    expect(experimentOf(`${TRAIN}metrics: [${text}]\n`)).toMatchObject({ metrics: [source] });
  });
});

describe('a time', () => {
  test.each([
    ['90', 90],
    ['0.5', 0.5],
    ['90s', 90],
    ['500ms', 0.5],
    ['1.5m', 90],
    ['2h', 7200],
    ['"3"', 3],
  ])('%s', (text, timeout) => {
    expect(experimentOf(`${TRAIN}timeout: ${text}\n`)).toMatchObject({ timeout });
    expect(experimentOf(TRAIN, `timeout=${text}`)).toMatchObject({ timeout });
  });

  test.each(['0', '-1', '1d', '10 m', 'm', '""', '.inf', '.nan', '2000001', '[1]', 'true', '1e3s'])(
    '%s is none',
    (text) => {
      const [problem, ...others] = problems(`${TRAIN}timeout: ${text}\n`);
      const what = 'seconds above 0 and at most 2000000, or a text like 500ms, 90s, 10m or 2h';
      expect(problem?.startsWith(`${AT}:2:10 timeout must be ${what}, got `)).toBe(true);
      expect(others).toEqual([]);
    },
  );
});

describe('every problem has its place', () => {
  const WORDS = 'must be a list of words: the program and its arguments, got';
  test.each<[string, string[]]>([
    ['command: python3 train.py', [`1:10 command ${WORDS} "python3 train.py"`]],
    ['command: []', ['1:10 command must name a program']],
    ['command: [x, [y]]', ['1:14 command[1] must be a text, got a list']],
    ['command: [x, null]', ['1:14 command[1] must be a text, got null']],
    [`${TRAIN}setup: mkdir`, [`2:8 setup ${WORDS} "mkdir"`]],
    [`${TRAIN}cleanup: []`, ['2:10 cleanup must name a program']],
    [`${TRAIN}cwd: 3`, ['2:6 cwd must be a text, got 3']],
    [`${TRAIN}env: [A=1]`, ['2:6 env must be a map of variables, got a list']],
    [`${TRAIN}env: { A: [1] }`, ['2:11 env.A must be a text, got a list']],
    [`${TRAIN}metrics: loss`, ['2:10 metrics must be a list of metrics, got "loss"']],
    [`${TRAIN}metrics: []`, ['2:10 metrics must name at least one']],
    [`${TRAIN}metrics: [""]`, ['2:11 metrics[0] must be a text that is not empty, got ""']],
    [
      `${TRAIN}metrics: [{ from: stdin }]`,
      ['2:19 metrics[0].from must be last-line, stdout, regex, file, time or exit-code, got "stdin"'],
    ],
    [`${TRAIN}metrics: [{ from: stdout }]`, ['2:11 metrics[0].key is missing']],
    [`${TRAIN}metrics: [{ from: regex }]`, ['2:11 metrics[0].pattern is missing']],
    [`${TRAIN}metrics: [{ from: file, path: a }]`, ['2:11 metrics[0].file is missing']],
    [`${TRAIN}metrics: [{ from: time, key: a }]`, ['2:25 unknown key "key"']],
    [
      `${TRAIN}metrics: [loss, { from: time, name: loss }]`,
      ['2:17 metrics[1] is called "loss" as another one: give it a name of its own'],
    ],
    [`${TRAIN}artifacts: model.bin`, ['2:12 artifacts must be a list of files, got "model.bin"']],
    [`${TRAIN}ignoreFailure: 1`, ['2:16 ignoreFailure must be true or false, got 1']],
    [`${TRAIN}direction: up`, ['2:12 direction must be lower or higher, got "up"']],
    [`${TRAIN}retries: -1`, ['2:10 retries must be an integer from 0 to 1000, got -1']],
    [`${TRAIN}repeats: 0`, ['2:10 repeats must be a positive integer, got 0']],
    [`${TRAIN}seed: { root: 1 }`, ['2:7 seed must be one number or text for a program, got a map']],
    [`${TRAIN}epochs: 3`, ['2:1 unknown key "epochs"']],
    [`${TRAIN}metric: [a]`, ['2:1 unknown key "metric", did you mean "metrics"?']],
    ['module: 3', ['1:9 module must be a text, got 3']],
    [`${MODULE}with: 3`, ['2:7 with must be a map of parameters, got 3']],
    [`${MODULE}backend: numpy`, ['2:10 backend must be theano, tensorflow or seedrandom, got "numpy"']],
    [`${MODULE}env: { A: b }`, ['2:1 unknown key "env"']],
    [`${MODULE}with: &a { x: [*a] }`, ['2:16 &a holds itself']],
    ['command: &a [x, *a]', ['1:17 &a holds itself']],
  ])('%#: %s', (text, expected) => {
    expect(problems(`${text}\n`)).toEqual(expected.map((each) => `${AT}:${each}`));
  });
});

describe('what the operating system cannot take', () => {
  const NULL = 'holds a null character';
  test.each<[string, string[]]>([
    ['command: [x, "a\\0b"]', [`1:14 command[1] ${NULL}`]],
    [`${TRAIN}setup: ["\\0"]`, [`2:9 setup[0] ${NULL}`]],
    [`${TRAIN}cleanup: [rm, "a\\0"]`, [`2:15 cleanup[1] ${NULL}`]],
    [`${TRAIN}cwd: "a\\0"`, [`2:6 cwd ${NULL}`]],
    [`${TRAIN}artifacts: [a, "b\\0"]`, [`2:16 artifacts[1] ${NULL}`]],
    [`${TRAIN}metrics: [{ from: file, file: "a\\0", path: x }]`, [`2:31 metrics[0].file ${NULL}`]],
    [`${TRAIN}env: { A: "a\\0" }`, [`2:11 env.A ${NULL}`]],
    [`${TRAIN}env: { "A\\0": a }`, [`2:8 env has a variable "A\\u0000": its name ${NULL}`]],
    [`${TRAIN}env: { "": a }`, ['2:8 env has a variable "": its name is empty']],
    [`${TRAIN}env: { B: b, "A=C": a }`, ['2:14 env has a variable "A=C": its name must have no "=" in it']],
    [`${TRAIN}env: { "A=C": null }`, ['2:8 env has a variable "A=C": its name must have no "=" in it']],
    [`${TRAIN}seed: "a\\0"`, [`2:7 seed ${NULL}`]],
    ['module: "a\\0.mjs"', [`1:9 module ${NULL}`]],
    ['module: ""', ['1:9 module is empty']],
  ])('%#: is told with its place: %s', (text, expected) => {
    expect(problems(`${text}\n`)).toEqual(expected.map((each) => `${AT}:${each}`));
  });

  test('is told of what is given beside a file as well', () => {
    expect(problems(TRAIN, 'cwd="a\\0"')).toEqual([`cwd="a\\0": cwd ${NULL}`]);
    expect(problems(TRAIN, 'artifacts=["a\\0"]')).toEqual([`artifacts=["a\\0"]: artifacts[0] ${NULL}`]);
  });
});

describe('an artifact', () => {
  test.each<[string, string[]]>([
    ['[a, ""]', ['2:16 artifacts[1] is empty']],
    ['[a, b, a]', ['2:19 artifacts[2] is "a", which is named before: name each file once']],
    ['[a, ./a]', ['2:16 artifacts[1] is "a", which is named before: name each file once']],
    ['[b/../a, a]', ['2:21 artifacts[1] is "b/../a", which is named before: name each file once']],
    ['["m-{seed}", "./m-{seed}"]', ['2:25 artifacts[1] is "m-{seed}", which is named before: name each file once']],
  ])('is named, and once: %s', (list, expected) => {
    expect(problems(`${TRAIN}artifacts: ${list}\n`)).toEqual(expected.map((each) => `${AT}:${each}`));
  });

  test('may have the name of another in another folder', () => {
    expect(experimentOf(`${TRAIN}artifacts: [a, b/a, ../a, A]\n`)).toMatchObject({
      artifacts: ['a', 'b/a', '../a', 'A'],
    });
  });
});

describe('{seed} without quotes, which begins a map in YAML', () => {
  const remedy = (name: string) =>
    `must be a text: write "{${name}}" in quotes, as {${name}} alone is a map in YAML, got a map`;
  test.each([
    ['command: [python, train.py, {seed}]', `1:29 command[2] ${remedy('seed')}`],
    ['command:\n  - train\n  - {repeat}', `3:5 command[1] ${remedy('repeat')}`],
    [`${TRAIN}setup: [mkdir, { seed }]`, `2:16 setup[1] ${remedy('seed')}`],
    [`${TRAIN}env: { SEED: {seed} }`, `2:14 env.SEED ${remedy('seed')}`],
    ['command: [train, {data}]', '1:18 command[1] must be a text, got a map'],
    ['command: [train, {seed: 1}]', '1:18 command[1] must be a text, got a map'],
    [
      'command: [train, --seed={seed}]',
      '1:25 Missing , or : between flow sequence items; a word with {seed} must be in quotes',
    ],
    ['command:\n  - {seed}.bin', '2:11 Unexpected scalar at node end; a word with {seed} must be in quotes'],
  ])('%#: is told with the remedy', (text, expected) => {
    expect(problems(`${text}\n`)).toEqual([`${AT}:${expected}`]);
  });

  test('is one word of a list in block style, with something before it', () => {
    expect(experimentOf('command:\n  - train\n  - --seed={seed}\n')).toMatchObject({
      command: ['train', '--seed={seed}'],
    });
  });

  test('is a word where it is quoted, and where a command line gives it', () => {
    expect(experimentOf(TRAIN)).toMatchObject({ command });
    expect(loadCommand(command, { cwd, overrides: [] }).experiment).toMatchObject({ command });
  });

  test('is told of an override as well', () => {
    expect(problems(TRAIN, 'command[2]={seed}')).toEqual([`command[2]={seed}: command[2] ${remedy('seed')}`]);
    expect(experimentOf(TRAIN, 'command[2]=--seed={seed}')).toMatchObject({
      command: ['python3', 'train.py', '--seed={seed}'],
    });
  });
});

describe('overrides of programs', () => {
  test('change words, variables and times in place', () => {
    expect(
      experimentOf(TRAIN, 'env.LR=0.1', 'command[1]=x', 'command.3=-v', 'timeout=5m', 'artifacts[0]=m'),
    ).toMatchObject({
      ...{ env: { LR: '0.1' }, command: ['python3', 'x', '{seed}', '-v'], timeout: 300, artifacts: ['m'] },
    });
    expect(experimentOf(MODULE, 'with.depth=3', 'backend=theano')).toMatchObject({
      with: { depth: 3 },
      backend: 'theano',
    });
  });

  test('take a variable away', () => {
    expect(experimentOf(`${TRAIN}env: { A: b }\n`, 'env={ A: null, V: "" }')).toMatchObject({ env: { A: null } });
  });

  test('are told where they are wrong', () => {
    expect(problems(TRAIN, 'command[4]=x')).toEqual(['command[4]=x: the list has 3 parts, counted from 0']);
    expect(problems(TRAIN, 'timeout=soon')[0]).toMatch(/^timeout=soon: timeout must be seconds above 0/);
    expect(problems(TRAIN, 'epochs=3')).toEqual(['epochs=3: unknown key "epochs"']);
    expect(problems(MODULE, 'with=&a [*a]')).toEqual(['with=&a [*a]: &a holds itself']);
  });

  test('set variables whose names objects have, or are told: none is lost', () => {
    const { experiment } = load(TRAIN, ['env.toString=y', 'env.hasOwnProperty=z']);
    expect(experiment.kind === 'command' && Object.entries(experiment.env)).toEqual([
      ['toString', 'y'],
      ['hasOwnProperty', 'z'],
    ]);
    for (const key of ['__proto__', 'prototype', 'constructor']) {
      expect(problems(`${TRAIN}env: { ${key}: x }\n`)).toEqual([`${AT}:2:8 unknown key "${key}"`]);
      expect(problems(MODULE, `with.${key}=x`)).toEqual([`with.${key}=x: unknown key "${key}"`]);
    }
  });
});

describe('a command line', () => {
  const given = (words: string[], ...overrides: string[]) => loadCommand(words, { cwd, overrides });

  test('is taken word by word, whatever stands in it', () => {
    const words = ['a b', "it's", 'x\ny', '"', '{seed}', '', '*'];
    const { experiment, folder } = given(words);
    expect(experiment).toMatchObject({ kind: 'command', command: words, cwd: '.' });
    expect(folder).toBe(cwd);
  });

  test('is called as a shell would have it', () => {
    expect(given(['train', '--lr=0.1', '{seed}']).experiment.name).toBe('train --lr=0.1 {seed}');
    expect(given(['a b', "it's"]).experiment.name).toBe(`'a b' 'it'\\''s'`);
    expect(given(['train'], 'name=mine').experiment.name).toBe('mine');
  });

  test('has its problems told at --', () => {
    expect(problemsOf(() => given([]))).toEqual(['--: command must name a program']);
    expect(problemsOf(() => given(['x', 'a\0b']))).toEqual(['--: command[1] holds a null character']);
  });
});
