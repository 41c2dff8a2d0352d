import { describe, expect, test } from 'vitest';
import { seedrandom } from '../../src/backends/seedrandom.js';
import { tensorflow } from '../../src/backends/tensorflow.js';
import { inlineRows } from '../../src/data/dataset.js';
import type { Network, Optimizer } from '../../src/network/network.js';
import { createTrainer } from '../../src/network/trainer.js';
import { planRun } from '../../src/run/plan.js';
import { prepareNetwork } from '../../src/run/prepareNetwork.js';
import { anywhere, articleWith } from '../experiments.js';
import { denseLayer, noPenalty, optimizerOf } from '../networks.js';
import { reference } from '../reference.js';
import { forward64 } from './forward64.js';
import { type Flaw, train64 } from './optimizer64.js';
import { networkWith, train } from './training.js';

const seed = { root: 'optimizers' };
const data = inlineRows(
  [
    [0.4, -1.3, 0.7],
    [-0.9, 0.2, 1.6],
    [1.1, 0.8, -0.3],
    [-1.7, -0.6, 0.1],
    [0.3, 1.4, -1.2],
  ],
  [
    [0.3, -1.1],
    [1.2, 0.4],
    [-0.5, 0.9],
    [0.1, 0.2],
    [-1.4, 0.6],
  ],
);
const noPenalties = { kernelRegularizer: noPenalty, biasRegularizer: noPenalty };
const penalties = { kernelRegularizer: { l1: 0, l2: 0.05 }, biasRegularizer: { l1: 0, l2: 0.02 } };

/** 21 steps: seven epochs of two whole batches and a short one. */
function networkOf(optimizer: Optimizer, parts: Partial<Network> = {}): Network {
  const layers = [denseLayer(3, { activation: { name: 'tanh' }, ...penalties }), denseLayer(2)];
  return networkWith({ data, layers, optimizer, batchRows: 2, epochs: 7, ...parts });
}

/** The largest difference of two lists, of the largest way that a parameter went. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>, start: ArrayLike<number>): number {
  const largest = (one: ArrayLike<number>, other: ArrayLike<number>) =>
    Array.from(one).reduce((most, value, i) => Math.max(most, Math.abs(value - other[i]!)), 0);
  return largest(a, b) / largest(b, start);
}

const ALLOWED = 1e-5;

/** A large ε shows where it stands; decay and short memories show how steps are counted. */
const moments = { beta1: 0.8, beta2: 0.9, epsilon: 0.03 };
const cases: { title: string; optimizer: Optimizer; flaws: Flaw[] }[] = [
  { title: 'sgd', optimizer: optimizerOf('sgd', { learningRate: 0.1 }), flaws: [] },
  {
    title: 'sgd with decay',
    optimizer: optimizerOf('sgd', { learningRate: 0.1, decay: 0.1 }),
    flaws: ['decay a step early'],
  },
  {
    title: 'sgd with momentum and decay',
    optimizer: optimizerOf('sgd', { learningRate: 0.05, momentum: 0.9, decay: 0.1 }),
    flaws: ['decay a step early', 'other momentum', 'rate outside of velocity'],
  },
  {
    title: 'sgd with Nesterov momentum and decay',
    optimizer: optimizerOf('sgd', { learningRate: 0.05, momentum: 0.8, nesterov: true, decay: 0.1 }),
    flaws: ['decay a step early', 'other momentum', 'rate outside of velocity'],
  },
  {
    title: 'rmsprop',
    optimizer: optimizerOf('rmsprop', { learningRate: 0.01, rho: 0.8, epsilon: 0.03, decay: 0.05 }),
    flaws: ['decay a step early', 'epsilon under the root', 'no epsilon'],
  },
  {
    title: 'adagrad',
    optimizer: optimizerOf('adagrad', { learningRate: 0.05, epsilon: 0.03, decay: 0.05 }),
    flaws: ['decay a step early', 'epsilon under the root', 'no epsilon'],
  },
  {
    title: 'adadelta',
    optimizer: optimizerOf('adadelta', { learningRate: 0.7, rho: 0.9, epsilon: 1e-3, decay: 0.05 }),
    flaws: ['decay a step early', 'new average of updates'],
  },
  {
    title: 'adam',
    optimizer: optimizerOf('adam', { learningRate: 0.02, ...moments, decay: 0.05 }),
    flaws: ['a step late', 'decay a step early', 'epsilon under the root', 'no epsilon', 'no correction'],
  },
  {
    title: 'adam with its own defaults',
    optimizer: optimizerOf('adam', { learningRate: 0.01 }),
    flaws: ['a step late', 'no correction'],
  },
  {
    title: 'adamax',
    optimizer: optimizerOf('adamax', { learningRate: 0.02, ...moments, decay: 0.05 }),
    flaws: ['a step late', 'decay a step early', 'no epsilon', 'no correction'],
  },
  {
    title: 'nadam',
    optimizer: optimizerOf('nadam', { learningRate: 0.01, ...moments, scheduleDecay: 0.2 }),
    flaws: ['a step late', 'epsilon under the root', 'no epsilon', 'no schedule'],
  },
  {
    title: 'nadam with its own schedule',
    optimizer: optimizerOf('nadam', { learningRate: 0.01, epsilon: 0.03 }),
    flaws: ['a step late', 'no schedule'],
  },
  {
    title: 'sgd with clipped norm',
    optimizer: optimizerOf('sgd', { learningRate: 0.1, clipNorm: 0.7 }),
    flaws: ['norm of each parameter'],
  },
  {
    title: 'adam with clipped values',
    optimizer: optimizerOf('adam', { learningRate: 0.02, ...moments, clipValue: 0.15 }),
    flaws: ['a step late'],
  },
  {
    title: 'sgd with clipped norm and values',
    optimizer: optimizerOf('sgd', { learningRate: 0.1, clipNorm: 0.7, clipValue: 0.3 }),
    flaws: ['norm of each parameter', 'value before norm'],
  },
];

describe.each(cases)('$title', ({ optimizer, flaws }) => {
  const network = networkOf(optimizer);
  const initial = train({ ...network, epochs: 0 }, seedrandom, seed).weights[0]!;
  const wanted = train64(network, initial).parameters;

  test('goes where Keras’ formulas lead in float64', () => {
    const { weights } = train(network, seedrandom, seed);
    expect(difference(weights[0]!, wanted, initial)).toBeLessThanOrEqual(ALLOWED);
  });

  test.each(flaws)('would be seen to have %s', (flaw) => {
    const wrong = train64(network, initial, { flaw }).parameters;
    expect(difference(wrong, wanted, initial)).toBeGreaterThan(100 * ALLOWED);
  });
});

test.each(cases)('$title: a bound that is never reached changes no bit of the weights', ({ optimizer }) => {
  const { clipNorm: _, clipValue: __, ...free } = optimizer;
  const bits = (clips: object) => train(networkOf({ ...free, ...clips } as Optimizer), seedrandom, seed).digests;
  const wanted = bits({});
  for (const clips of [{ clipNorm: 1e6 }, { clipValue: 1e6 }, { clipNorm: 1e6, clipValue: 1e6 }]) {
    expect(bits(clips)).toEqual(wanted);
  }
});

describe('adam that reads a racing count', () => {
  const adam = (iterations: string) => optimizerOf('adam', { learningRate: 0.02, ...moments, decay: 0.05, iterations });

  test('before and after differ, and both are what the formulas say', () => {
    for (const [iterations, read] of [
      ['before', 0],
      ['after', 1],
    ] as const) {
      const network = networkOf(adam(iterations));
      const [initial] = train({ ...network, epochs: 0 }, seedrandom, seed).weights;
      const [ours] = train(network, seedrandom, seed).weights;
      const wanted = train64(network, initial!, { reads: () => read }).parameters;
      const other = train64(network, initial!, { reads: () => (read === 0 ? 1 : 0) }).parameters;
      expect(difference(ours!, wanted, initial!)).toBeLessThanOrEqual(ALLOWED);
      expect(difference(other, wanted, initial!)).toBeGreaterThan(100 * ALLOWED);
    }
  });

  test('one step has the bits of one choice or the other, in each repeat of one execution', () => {
    const network = (iterations: string) => networkOf(adam(iterations), { batchRows: 5, epochs: 1 });
    const options = { count: 64 };
    const [before, after] = ['before', 'after'].map((one) => train(network(one), seedrandom, seed, options).digests);
    const racy = train(network('racy'), seedrandom, seed, options).digests;
    const choices = racy.map((digest, i) => [before![i], after![i]].indexOf(digest));
    expect(new Set(choices)).toEqual(new Set([0, 1])); // but for 2 in 2^64 executions
    // Lanes choose for themselves.
    const groups = Array.from({ length: 16 }, (_, i) => choices.slice(4 * i, 4 * i + 4));
    expect(groups.some((group) => new Set(group).size === 2)).toBe(true);
  });

  test('three steps lead to one of the eight scores that the choices allow', () => {
    const network = networkOf(adam('racy'), { epochs: 1 });
    const rows = data.rows;
    const initials = train({ ...network, epochs: 0 }, seedrandom, seed, { count: 12 }).weights;
    const { scores } = train(network, seedrandom, seed, { count: 12 });
    const plain = { ...network, layers: network.layers.map((layer) => ({ ...layer, ...noPenalties })) };
    scores.forEach((score, i) => {
      const allowed = Array.from({ length: 8 }, (_, bits) => {
        const reads = (step: number) => ((bits >> step) & 1) as 0 | 1;
        const { parameters } = train64(network, initials[i]!, { reads });
        return forward64(
          plain as Network,
          parameters,
          Array.from({ length: rows }, (_, row) => row),
        ).loss;
      });
      const distances = allowed.map((each) => Math.abs(each - score)).sort((a, b) => a - b);
      expect(distances[0]).toBeLessThanOrEqual(2e-6 * score);
      expect(Math.max(...allowed) - Math.min(...allowed)).toBeGreaterThan(2e-3 * score);
    });
  });

  test('two executions of a seed differ, and so do repeats of the same draws', () => {
    const network = networkOf(adam('racy'));
    const run = () => train(network, seedrandom, seed, { count: 8 }).digests;
    const one = run();
    expect(run()).not.toEqual(one);
    const trainer = createTrainer(network, seedrandom, { repeats: 4, sequential: false });
    const stream = seedrandom.open(seed);
    const same = {
      ...stream,
      repeat: (_: number, draws: Parameters<typeof stream.repeat>[1]) => stream.repeat(0, draws),
    };
    expect(new Set(trainer.plan(same, 0, 4).train().weights).size).toBeGreaterThan(1);
  });

  test("the article's scores on TensorFlow lie inside its bands, execution after execution", async () => {
    const { repeats } = reference<{ repeats: { band: [number, number] }[] }>('keras-tensorflow-article.json');
    const plan = planRun(
      articleWith({
        backend: 'tensorflow',
        seed: { numpy: 1, tensorflow: 2 },
        optimizer: optimizerOf('adam', { iterations: 'racy' }),
      }),
    );
    const { network } = await prepareNetwork(plan, anywhere);
    const runs = Array.from({ length: 5 }, () => train(network, tensorflow, plan.seed, { count: 10 }).scores);
    expect(new Set(runs.map((scores) => scores.join())).size).toBe(5);
    for (const scores of runs) {
      repeats.forEach(({ band: [lowest, highest] }, i) => {
        expect(scores[i]).toBeGreaterThanOrEqual(lowest);
        expect(scores[i]).toBeLessThanOrEqual(highest);
      });
    }
  });
});
