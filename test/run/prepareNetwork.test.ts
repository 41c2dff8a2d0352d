import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ReproError } from '../../src/errors.js';
import type { NetworkExperiment } from '../../src/experiment/experiment.js';
import { shownPath } from '../../src/experiment/find.js';
import { executePlan } from '../../src/run/executePlan.js';
import { planRun } from '../../src/run/plan.js';
import { type PreparedNetwork, prepareNetwork } from '../../src/run/prepareNetwork.js';
import type { Repeat, RunPlan } from '../../src/run/record.js';
import { repeatsOf } from '../../src/run/repeats.js';
import { loader, temporaryFolder } from '../experiment/folder.js';

const cwd = temporaryFolder();
const load = loader(cwd);
const AT = 'experiments/wide.yaml';

/** Writes a file beside the experiment. */
function file(name: string, content: string): void {
  const path = join(cwd, 'experiments', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

interface Made {
  readonly plan: RunPlan<NetworkExperiment>;
  readonly prepared: PreparedNetwork;
}

async function make(text: string, overrides: string[] = []): Promise<Made> {
  const { experiment, folder, tell } = load(text, overrides);
  const plan = planRun(experiment);
  return { plan, prepared: await prepareNetwork(plan, { folder, show: (path) => shownPath(path, cwd), tell }) };
}

/** The message of what goes wrong, and it is the user's mistake. */
async function mistake(text: string, overrides: string[] = []): Promise<string> {
  const error = await make(text, overrides).catch((reason: unknown) => reason);
  if (!(error instanceof ReproError)) throw new Error(`no mistake: ${error}`);
  return error.message;
}

async function execute(made: Promise<Made>): Promise<{ plan: RunPlan; digest: string; scores: number[] }> {
  const { plan, prepared } = await made;
  const repeats: Repeat[] = [];
  const { digest } = await executePlan(plan, prepared, {}, (chunk) => {
    repeats.push(...repeatsOf(chunk));
  });
  return { plan, digest, scores: repeats.map(({ score }) => score) };
}

const inputsOf = ({ prepared }: Made) => [...prepared.network.data.inputs];
const targetsOf = ({ prepared }: Made) => [...prepared.network.data.outputs];

/** Row i has the feature i and the target 10 · i. */
const ROWS = Array.from({ length: 12 }, (_, i) => i);
file('twelve.csv', `x,y\n${ROWS.map((i) => `${i},${10 * i}\n`).join('')}`);
file('twelve.jsonl', ROWS.map((i) => `{"x": ${i}, "y": ${10 * i}}\n`).join(''));
file('labels.csv', 'x,good,kind\n1,0,a\n2,1,b\n3,2,c\n');
file('shares.csv', 'x,left,right\n1,0.25,0.75\n2,0.5,0.75\n');

const line = (parts: string) => `data: { ${parts} }
layers: [{ type: dense, units: 1 }]
epochs: 1
seed: 1
repeats: 3
`;
const TWELVE = line('kind: csv, path: twelve.csv, targets: [y]');
const LABELS = line('kind: csv, path: labels.csv, targets: [good], features: [x]');

describe('what a file holds', () => {
  test('is read from where the experiment is, as CSV and as JSON Lines alike', async () => {
    const [csv, jsonl] = [await make(TWELVE), await make(line('kind: jsonl, path: ./twelve.jsonl, targets: [y]'))];
    expect([inputsOf(csv), targetsOf(csv)]).toEqual([ROWS, ROWS.map((i) => 10 * i)]);
    expect([inputsOf(jsonl), targetsOf(jsonl)]).toEqual([inputsOf(csv), targetsOf(csv)]);
  });

  test('is one-hot where it is a category, as inputs and as targets', async () => {
    const features = await make(
      line('kind: csv, path: labels.csv, targets: [x], features: [kind], categorical: [kind]'),
    );
    expect(inputsOf(features)).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    const targets = await make(
      line('kind: csv, path: labels.csv, targets: [kind], features: [x], categorical: [kind]').replace(
        'units: 1',
        'units: 3',
      ),
    );
    expect(targetsOf(targets)).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  test.each([
    [
      'a label beside 0 and 1, for crossentropy',
      LABELS.replace('units: 1', 'units: 1, activation: sigmoid'),
      'loss=binary_crossentropy',
      'experiments/labels.csv:4 column "good" must be a probability from 0 to 1, for binary_crossentropy, got 2',
    ],
    [
      'a label beside -1 and 1, for hinge',
      LABELS,
      'loss=hinge',
      'experiments/labels.csv:2 column "good" must be -1 or 1, for hinge, got 0',
    ],
    [
      'a number that no embedding has a vector for',
      LABELS.replace('[{', '[{ type: embedding, inputDim: 3, outputDim: 1 }, { type: flatten }, {'),
      'epochs=2',
      'experiments/labels.csv:4 column "x" must be an integer from 0 to 2, to be looked up in an embedding with inputDim: 3, got 3',
    ],
    [
      'probabilities that do not add up to 1',
      line('kind: csv, path: shares.csv, targets: [left, right]').replace('units: 1', 'units: 2, activation: softmax'),
      'loss=categorical_crossentropy',
      'experiments/shares.csv:3 column "left" and the other targets of its row must add up to 1, for categorical_crossentropy, got 1.25',
    ],
    [
      'more targets than units',
      line('kind: csv, path: labels.csv, targets: [kind], features: [x], categorical: [kind]'),
      'epochs=2',
      `${AT}:2:32 layers[0].units of the last dense layer must be 3, one for each target, got 1`,
    ],
    ['a file that is not there', TWELVE, 'data.path=no.csv', 'cannot read experiments/no.csv: no such file'],
  ])('%s is told with its place', async (_, text, override, message) => {
    expect(await mistake(text, [override])).toBe(message);
  });
});

test('numbers written out that an embedding has no vector for have their place', async () => {
  const text = `data:
  kind: inline
  inputs: [[0], [1], [2], [3], [4], [5.5]]
  targets: [[0], [0], [0], [0], [0], [0]]
layers: [{ type: embedding, inputDim: 6, outputDim: 2 }, { type: flatten }, { type: dense, units: 1 }]
epochs: 1
`;
  const what = 'must be an integer from 0 to 5, to be looked up in an embedding with inputDim: 6';
  expect(await mistake(text)).toBe(`${AT}:3:38 data.inputs[5][0] ${what}, got 5.5`);
  expect(await mistake(text, ['data.inputs.5=[6]'])).toBe(`data.inputs.5=[6]: data.inputs[5][0] ${what}, got 6`);
});

describe('what is held out', () => {
  test('is the last part of the rows for validation', async () => {
    const made = await make(TWELVE, ['validationSplit=0.3']);
    const { trainingRows, validationRows, score } = made.prepared.network;
    expect([trainingRows, validationRows]).toEqual([8, 4]);
    expect(inputsOf(made)).toEqual(ROWS);
    expect(score).toEqual({ metric: 'mse', first: 8, rows: 4 });
  });

  test('is drawn for a test, and the rows stay what they are', async () => {
    const made = await make(TWELVE, ['testSplit=0.25', 'validationSplit=0.5']);
    const { trainingRows, validationRows, data, score } = made.prepared.network;
    expect([trainingRows, validationRows, data.rows]).toEqual([4, 5, 12]);
    expect(score).toEqual({ metric: 'mse', first: 9, rows: 3 });
    const inputs = inputsOf(made);
    expect(inputs).not.toEqual(ROWS);
    expect(inputs.toSorted((a, b) => a - b)).toEqual(ROWS);
    expect(targetsOf(made)).toEqual(inputs.map((x) => 10 * x));
  });

  test.each([['theano'], ['tensorflow'], ['seedrandom']])(
    '%s: is another part by another seed, the same by the same',
    async (backend) => {
      const split = async (seed: number) =>
        inputsOf(await make(TWELVE, ['testSplit=0.25', `backend=${backend}`, `seed=${seed}`]));
      expect(await split(1)).toEqual(await split(1));
      expect(await split(1)).not.toEqual(await split(2));
    },
  );

  test('must leave rows to train on', async () => {
    expect(await mistake(TWELVE, ['validationSplit=0.99'])).toBe(
      'validationSplit=0.99: validationSplit leaves none of 12 rows to train on',
    );
    expect(await mistake(`${TWELVE}testSplit: 0.99\n`)).toBe(
      'experiments/wide.yaml:6:12 testSplit leaves none of 12 rows to train on',
    );
  });

  test('has no say in what features are standardized by', async () => {
    const made = await make(TWELVE, ['validationSplit=0.5', 'data.standardize=true']);
    const inputs = inputsOf(made);
    const trained = inputs.slice(0, 6);
    const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
    expect(sum(trained) / 6).toBeCloseTo(0, 6);
    expect(sum(trained.map((x) => x * x)) / 6).toBeCloseTo(1, 6);
    expect(Math.min(...inputs.slice(6))).toBeGreaterThan(Math.max(...trained));
  });
});

describe('data that is drawn', () => {
  const SINE = line('kind: sine, rows: 8');

  test.each([['theano'], ['tensorflow'], ['seedrandom']])(
    "%s: comes from the run's seed, unless it has one of its own",
    async (backend) => {
      const inputs = async (...overrides: string[]) => inputsOf(await make(SINE, [`backend=${backend}`, ...overrides]));
      expect(await inputs()).toEqual(await inputs());
      expect(await inputs()).not.toEqual(await inputs('seed=2'));
      expect(await inputs('data.seed=7')).toEqual(await inputs('data.seed=7', 'seed=2'));
      expect(await inputs('data.seed=7')).not.toEqual(await inputs());
    },
  );

  test("is drawn before all else from NumPy's one stream, which repeats then continue", async () => {
    const [drawn, fixed] = [await make(SINE), await make(SINE, ['data.seed=1'])];
    expect(inputsOf(drawn)).toEqual(inputsOf(fixed));
    expect(drawn.prepared.state?.generator.position).not.toBe(fixed.prepared.state?.generator.position);
    expect((await make(SINE, ['backend=seedrandom'])).prepared.state).toBeUndefined();
  });
});

describe('what does not fit into memory is told before it is made', () => {
  const SEQUENCE = line('kind: sequence, length: 10');
  const wide = 'layers=[{ type: dense, units: 65536 }, { type: dense, units: 65536 }, { type: dense, units: 1 }]';

  test.each([
    ['a file under wide layers', 'layers', TWELVE, [wide]],
    ['a sequence under wide layers', 'layers', SEQUENCE, [wide]],
    ['a long sequence', 'data', SEQUENCE, ['data.length=9007199254740991', 'batchSize=2']],
    ['a wide generated set', 'data', SEQUENCE, ['data={ kind: friedman1, rows: 10000000, features: 65536 }']],
    [
      'many clusters',
      'data',
      SEQUENCE,
      ['data={ kind: blobs, rows: 10000000, centers: 1000 }', 'layers.0.units=1000', 'batchSize=2'],
    ],
  ])('%s', async (_, part, text, overrides) => {
    const what = 'and the batches need \\d+\\.\\d GiB, more than the 3\\.5 there are: make them smaller';
    expect(await mistake(text, overrides)).toMatch(new RegExp(` ${part} ${what}$`));
  });
});

describe('a seed for a part of the randomness', () => {
  const SOURCES = line('kind: sine, rows: 16').replace(
    'seed: 1',
    'backend: seedrandom\nbatchSize: 4\nseed: { root: 1, shuffle: null }',
  );
  const untrained = ['layers.0.useBias=false', 'optimizer={ name: sgd, learningRate: 1e-30 }'];

  test('leaves free what is null: initial weights agree, and trainings do not', async () => {
    const [a, b] = [await execute(make(SOURCES)), await execute(make(SOURCES))];
    expect(a.plan.free).toEqual(['shuffle']);
    expect(a.scores).not.toEqual(b.scores);
    const [c, d] = [await execute(make(SOURCES, untrained)), await execute(make(SOURCES, untrained))];
    expect(c.digest).toBe(d.digest);
  });

  test.each<[string, string, string[], NetworkExperiment['seed'] & object]>([
    ['seedrandom', '{ root: 1, shuffle: null }', ['shuffle'], { root: 1 }],
    ['seedrandom', '{ shuffle: 2, data: cat }', ['root'], { shuffle: 2, data: 'cat' }],
    ['tensorflow', '{ numpy: 1, tensorflow: null }', ['tensorflow'], { numpy: 1 }],
    ['tensorflow', '{ tensorflow: 2 }', ['numpy'], { tensorflow: 2 }],
    ['theano', '{ numpy: null }', ['numpy'], {}],
  ])('%s %s: the drawn seeds give the digest again', async (backend, seed, free, given) => {
    const text = SOURCES.replace('seed: { root: 1, shuffle: null }', `seed: ${seed}`).replace('seedrandom', backend);
    const { plan, digest } = await execute(make(text));
    expect(plan.free).toEqual(free);
    const { root, tensorflow, sources } = plan.seed;
    const drawn: Record<string, unknown> = { root, numpy: root, tensorflow, ...sources };
    const overrides = free.map((name) => `seed.${name}=${drawn[name]}`);
    const again = await execute(make(text, overrides));
    expect(again.plan.free).toEqual([]);
    expect(again.digest).toBe(digest);
    expect(load(text, overrides).experiment.seed).toMatchObject(given);
    expect((await execute(make(text))).digest).not.toBe(digest);
  });

  test('on TensorFlow both seeds decide what the initial weights are', async () => {
    const text = SOURCES.replace('seedrandom', 'tensorflow').replace(
      /root: 1, shuffle: null/,
      'numpy: 1, tensorflow: 2',
    );
    const digest = async (...overrides: string[]) => (await execute(make(text, [...untrained, ...overrides]))).digest;
    const digests = [await digest(), await digest('seed.tensorflow=3'), await digest('seed.numpy=3')];
    expect(new Set(digests).size).toBe(3);
    expect(await digest()).toBe(digests[0]);
  });
});

test('every repeat has the same data and the same split', async () => {
  const text = `${line('kind: sine, rows: 16')}testSplit: 0.25\noptimizer: { name: sgd, learningRate: 1e-30 }\n`;
  const constant = text.replace('units: 1', 'units: 1, kernelInitializer: ones');
  const { scores } = await execute(make(constant));
  expect(new Set(scores).size).toBe(1);
});
