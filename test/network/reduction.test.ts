import { describe, expect, test } from 'vitest';
import { sameSeedStream } from '../../src/backends/backend.js';
import { seedrandom } from '../../src/backends/seedrandom.js';
import { tensorflow } from '../../src/backends/tensorflow.js';
import { theano } from '../../src/backends/theano.js';
import { inlineRows } from '../../src/data/dataset.js';
import type { Layer, Network } from '../../src/network/network.js';
import { createTrainer } from '../../src/network/trainer.js';
import { denseLayer, optimizerOf } from '../networks.js';
import { networkWith, train } from './training.js';

const rows = Array.from({ length: 13 }, (_, i) => [(i % 5) / 4 - 0.4, ((3 * i) % 7) / 5 - 0.6]);
const outputs = rows.map(([a = 0, b = 0]) => [a * b + 0.3 * a]);
const penalized = { kernelRegularizer: { l1: 0, l2: 0.01 }, biasRegularizer: { l1: 0, l2: 0.01 } };
const hidden = denseLayer(6, { activation: { name: 'tanh' } });
const optimizer = optimizerOf('sgd', { learningRate: 0.1, momentum: 0.5 });
const dense = networkWith({ data: inlineRows(rows, outputs), layers: [hidden, denseLayer(1)], optimizer });
const table: Layer = {
  ...{ type: 'embedding', inputDim: 4, outputDim: 3, embeddingsRegularizer: { l1: 0, l2: 0 } },
  embeddingsInitializer: { name: 'random_uniform', minval: -1, maxval: 1 },
};
const entries = rows.map((_, i) => [i % 4, (i * i) % 3]);

/** Networks whose gradients are summed in every way there is. */
const networks: { title: string; network: Network }[] = [
  { title: 'dense layers', network: dense },
  {
    title: 'an embedding',
    network: { ...dense, data: inlineRows(entries, outputs), layers: [table, { type: 'flatten' }, denseLayer(1)] },
  },
  {
    title: 'penalties, a clipped norm and dropout',
    network: {
      ...dense,
      layers: [denseLayer(6, penalized), { type: 'dropout', rate: 0.2 }, denseLayer(1, penalized)],
      optimizer: { ...optimizer, clipNorm: 0.4 },
    },
  },
];
const backends = { theano, tensorflow, seedrandom };
const seed = { root: 9 };
const REPEATS = 6;

describe.each(networks)('gradients of $title summed in no certain order', ({ network }) => {
  const unordered = (batchRows: number): Network => ({ ...network, reduction: 'unordered', epochs: 8, batchRows });
  const ordered = (batchRows: number): Network => ({ ...unordered(batchRows), reduction: 'ordered' });

  test.each(Object.entries(backends))('on %s differ between two executions of a seed, within 1e-4', (_, backend) => {
    // The last batch is short.
    for (const batchRows of [13, 5]) {
      const run = (which: Network) => train({ ...which, shuffle: true }, backend, seed, { count: REPEATS });
      const [one, two, wanted] = [run(unordered(batchRows)), run(unordered(batchRows)), run(ordered(batchRows))];
      expect(one.digests).not.toEqual(two.digests);
      expect(one.digests).not.toEqual(wanted.digests);
      one.weights.forEach((weights, repeat) => {
        weights.forEach((weight, i) => {
          expect(Math.abs(weight - wanted.weights[repeat]![i]!)).toBeLessThanOrEqual(1e-4);
        });
        expect(Math.abs(one.scores[repeat]! - wanted.scores[repeat]!)).toBeLessThanOrEqual(1e-4);
      });
    }
  });

  test.each(Object.entries(backends))(
    'on %s differ between repeats of the same draws, and in order do not',
    (_, backend) => {
      const digests = (which: Network) => {
        const trainer = createTrainer(which, backend, { repeats: REPEATS, sequential: false });
        return new Set(trainer.plan(sameSeedStream(backend, seed), 0, REPEATS).train().weights);
      };
      expect(digests(unordered(13)).size).toBeGreaterThan(1);
      expect(digests(ordered(13)).size).toBe(1);
    },
  );

  test.each(Object.entries(backends))(
    'on %s have the bits of those in order where a batch is one row',
    (_, backend) => {
      const run = (which: Network) => train({ ...which, shuffle: true }, backend, seed, { count: REPEATS });
      expect(run(unordered(1))).toEqual(run(ordered(1)));
    },
  );
});
