import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { type ExperimentFlags, flagOverrides, isPlain, onlyAssignments, precision } from '../../src/cli/flags.js';
import { addExperimentOptions, addProgramOptions } from '../../src/cli/options.js';
import { problemsOf } from '../experiment/folder.js';

/** What the flags of a command line say. */
function flagsOf(...args: string[]): ExperimentFlags {
  const command = addProgramOptions(addExperimentOptions(new Command())).exitOverride();
  return command.parse(args, { from: 'user' }).opts();
}

/** The parts that flags stand for, by their keys. */
async function partsOf(...args: string[]): Promise<Record<string, unknown>> {
  return Object.fromEntries((await flagOverrides(flagsOf(...args))).map(({ path, value }) => [path.join('.'), value]));
}

describe('metrics', () => {
  test('keep the order of their flags, whatever their kinds: the first is the score', async () => {
    const { metrics } = await partsOf(
      ...['--metric-time', '--metric', 'loss', '--metric-regex', 'acc=(\\S+)', '--metric-exit-code'],
      ...['--metric-file', 'r.json:val.auc', '--metric', 'f1'],
    );
    expect(metrics).toEqual([
      { from: 'time' },
      { from: 'stdout', key: 'loss', name: 'loss' },
      { from: 'regex', pattern: 'acc=(\\S+)', name: 'match' },
      { from: 'exit-code' },
      { from: 'file', file: 'r.json', path: 'val.auc', name: 'auc' },
      { from: 'stdout', key: 'f1', name: 'f1' },
    ]);
  });

  test('of one command line are not those of the next', async () => {
    await partsOf('--metric', 'a');
    expect(await partsOf('--metric', 'b')).toEqual({ metrics: [{ from: 'stdout', key: 'b', name: 'b' }] });
  });

  test('of a wrong pattern or an empty text are told', async () => {
    await expect(partsOf('--metric', ' ')).rejects.toThrow('--metric needs a NAME, such as loss');
    await expect(partsOf('--metric-regex', '(')).rejects.toThrow(/missing closing \)/);
  });
});

describe('flags that are short for parts', () => {
  test('give those parts', async () => {
    const args = ['-s', '7', '-r', '9', '-b', 'theano', '--direction', 'higher', '--timeout', '10m', '--retry', '2'];
    expect(await partsOf(...args, '--artifact', 'a', '--artifact', 'b', '--ignore-failure')).toEqual({
      ...{ seed: 7, repeats: 9, backend: 'theano', direction: 'higher', timeout: '10m', retries: 2 },
      ...{ artifacts: ['a', 'b'], ignoreFailure: true },
    });
    expect(await partsOf()).toEqual({});
    expect(await partsOf('--unseeded')).toEqual({ seed: null });
    expect(await partsOf('--timeout', '1.5')).toEqual({ timeout: 1.5 });
    expect(await partsOf('-s', '0')).toEqual({ seed: 0 });
  });

  test('change more than seed and repeats, or not', () => {
    expect([flagsOf(), flagsOf('-s', '1', '-r', '2', '-j', '4')].map(isPlain)).toEqual([true, true]);
    const others = [['--metric', 'a'], ['--metric-time'], ['--timeout', '1'], ['--retry', '0'], ['-b', 'theano']];
    expect(others.map((args) => isPlain(flagsOf(...args)))).toEqual(others.map(() => false));
  });

  test('that contradict each other are told', async () => {
    await expect(partsOf('-s', '1', '--unseeded')).rejects.toThrow('--seed and --unseeded contradict each other');
  });
});

describe('--until', () => {
  test.each([
    ['±10%', 0.1],
    ['10%', 0.1],
    ['+-10%', 0.1],
    ['+/-10%', 0.1],
    ['± 2.5 %', 0.025],
    ['0.05', 0.05],
    ['.5', 0.5],
    ['99.9%', 0.999],
  ])('%s is %d', (text, part) => {
    expect(precision(text)).toBeCloseTo(part, 15);
  });

  test.each(['', '10', '1', '0', '0%', '100%', '-10%', '10%%', 'x', '1e-2', '±', 'NaN', '%'])('%j is none', (text) => {
    expect(problemsOf(() => precision(text))).toEqual([
      `--until must be a part of the mean above 0% and below 100%, as ±10%, got "${text}"`,
    ]);
  });
});

test('before a command stand assignments alone', () => {
  expect(onlyAssignments(['timeout=3', 'env.A=b'])).toEqual(['timeout=3', 'env.A=b']);
  expect(problemsOf(() => onlyAssignments(['timeout=3', 'article']))).toEqual([
    'the command behind -- is the experiment, so that "article" is one too many',
  ]);
});
