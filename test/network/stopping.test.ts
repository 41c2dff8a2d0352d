import { describe, expect, test } from 'vitest';
import { seedrandom } from '../../src/backends/seedrandom.js';
import { inlineRows } from '../../src/data/dataset.js';
import type { EarlyStopping, Layer, Network } from '../../src/network/network.js';
import { denseLayer, optimizerOf } from '../networks.js';
import { forward64 } from './forward64.js';
import { networkWith, train } from './training.js';

const seed = { root: 'stopping' };

/** After how many epochs each repeat stopped: where its weights are those of a training of so many epochs and no more. */
function epochsOf(network: Network, stopping: EarlyStopping, count = 1, from = seed): number[] {
  const { digests } = train({ ...network, earlyStopping: stopping }, seedrandom, from, { count });
  const histories = Array.from({ length: network.epochs + 1 }, (_, epochs) =>
    train({ ...network, epochs }, seedrandom, from, { count }).digests.map(String),
  );
  return digests.map((digest, repeat) => {
    const found = histories.flatMap((history, epochs) => (history[repeat] === String(digest) ? [epochs] : []));
    expect(found).toHaveLength(1);
    return found[0]!;
  });
}

/**
 * A single weight that starts at `weight` on one row of input 1 and target 0: with mean squared error and rate ½(1 − factor)
 * each epoch multiplies it by the factor, so the losses are known: weight² · factor^2k before, and factor^2k+2 behind epoch k.
 */
function oneWeight(factor: number, weight = 1, parts: Partial<Network> = {}): Network {
  return networkWith({
    data: inlineRows([[1], [1]], [[0], [0]]),
    trainingRows: 1,
    validationRows: 1,
    layers: [denseLayer(1, { useBias: false, kernelInitializer: { name: 'constant', value: weight } })],
    optimizer: optimizerOf('sgd', { learningRate: (1 - factor) / 2 }),
    epochs: 12,
    ...parts,
  });
}

/** F. Chollet et al., Keras 2.0.3, callbacks.py: the epochs that a history of values allows. */
function kerasEpochs(history: readonly number[], { monitor, patience, minDelta }: EarlyStopping): number {
  const isAccuracy = monitor.endsWith('acc');
  let best = isAccuracy ? -Infinity : Infinity;
  let wait = 0;
  for (const [epoch, value] of history.entries()) {
    if (isAccuracy ? value - minDelta > best : value + minDelta < best) {
      best = value;
      wait = 0;
      continue;
    }
    if (wait >= patience) return epoch + 1;
    wait += 1;
  }
  return history.length;
}

describe('a loss that grows from the first epoch on', () => {
  test.each([0, 1, 2, 5])(
    'ends training with the epoch behind the first that patience %i does not cover',
    (patience) => {
      for (const monitor of ['loss', 'val_loss'] as const) {
        expect(epochsOf(oneWeight(-1.5), { monitor, patience, minDelta: 0 })).toEqual([1 + patience + 1]);
      }
    },
  );
});

test('a loss that stays is no better', () => {
  // The validation row is met by every weight.
  const network = oneWeight(0.5, 1, { data: inlineRows([[1], [0]], [[0], [0]]) });
  for (const patience of [0, 1, 4]) {
    expect(epochsOf(network, { monitor: 'val_loss', patience, minDelta: 0 })).toEqual([1 + patience + 1]);
  }
});

test('a loss that is infinite is no better than none', () => {
  const data = inlineRows(
    [[1], [1]],
    [
      [1e30, 0],
      [1e30, 0],
    ],
  );
  const layers = [denseLayer(2, { useBias: false, kernelInitializer: { name: 'ones' } })];
  const network = oneWeight(0.5, 1, { data, layers, optimizer: optimizerOf('sgd', { learningRate: 0.5 }) });
  expect(epochsOf(network, { monitor: 'loss', patience: 2, minDelta: 0 })).toEqual([3]);
});

test('a loss that falls all the time lets all epochs pass', () => {
  expect(epochsOf(oneWeight(0.5), { monitor: 'loss', patience: 0, minDelta: 0 })).toEqual([12]);
});

test('patience that is longer than the training lets all epochs pass', () => {
  expect(epochsOf(oneWeight(-1.5), { monitor: 'val_loss', patience: 12, minDelta: 0 })).toEqual([12]);
});

test('minDelta asks for more than itself: losses 1, ¼, 1/16 … gain ¾, 3/16, 3/64 …', () => {
  const stops = (monitor: EarlyStopping['monitor'], minDelta: number) =>
    epochsOf(oneWeight(0.5), { monitor, patience: 0, minDelta })[0];
  expect(stops('loss', 0.75)).toBe(2);
  expect(stops('loss', 0.749)).toBe(3);
  expect(stops('loss', 3 / 16)).toBe(3);
  expect(stops('loss', 0.187)).toBe(4);
  // Validation follows the step: its losses begin at ¼.
  expect(stops('val_loss', 3 / 16)).toBe(2);
  expect(stops('val_loss', 0.187)).toBe(3);
});

test('what is too small a gain is measured against the best again: small gains add up', () => {
  // From 1 on 19% less an epoch: 0.19, 0.154 … of gain; two epochs gain 0.34 together.
  const network = oneWeight(0.9);
  const history = Array.from({ length: 12 }, (_, k) => 0.9 ** (2 * k));
  const stopping = { monitor: 'loss', patience: 1, minDelta: 0.2 } as const;
  expect(kerasEpochs(history, stopping)).toBeGreaterThan(4);
  expect(epochsOf(network, stopping)).toEqual([kerasEpochs(history, stopping)]);
});

test('penalties are part of the loss, of validation too', () => {
  const layers: Layer[] = [
    denseLayer(1, {
      useBias: false,
      kernelInitializer: { name: 'constant', value: 1 },
      kernelRegularizer: { l1: 0, l2: 1 },
    }),
  ];
  // The validation row is met by a weight that never shrinks: only the penalty falls. 2w + 2w of gradient, w is halved.
  const data = inlineRows([[1], [0]], [[0], [0]]);
  const network = oneWeight(0.5, 1, { layers, data, optimizer: optimizerOf('sgd', { learningRate: 0.125 }) });
  expect(epochsOf(network, { monitor: 'val_loss', patience: 0, minDelta: 0 })).toEqual([12]);
  expect(epochsOf(network, { monitor: 'val_loss', patience: 0, minDelta: 0.18 })).toEqual([3]);
});

/** Two classes, of rows that no line parts, with penalties; more rows in training than in a batch. */
const inputs = Array.from({ length: 14 }, (_, i) => [Math.sin(1.7 * i), Math.cos(2.9 * i)]);
const outputs = inputs.map(([a = 0, b = 0], i) => [a + 0.4 * b + (i % 5 === 0 ? -1.4 : 0.1) > 0 ? 1 : 0]);
const classes = networkWith({
  data: inlineRows(inputs, outputs),
  trainingRows: 9,
  validationRows: 5,
  layers: [
    denseLayer(4, { activation: { name: 'tanh' }, kernelRegularizer: { l1: 0.001, l2: 0.002 } }),
    denseLayer(1, { activation: { name: 'sigmoid' } }),
  ],
  loss: 'binary_crossentropy',
  optimizer: optimizerOf('sgd', { learningRate: 2, momentum: 0.8 }),
  batchRows: 4,
  epochs: 25,
});

/** What Keras would report after every epoch of one batch: before its step, or of the validation rows behind it. */
function historyOf(network: Network, monitor: EarlyStopping['monitor'], repeat: number): number[] {
  const { trainingRows, validationRows, data } = network;
  const isValidation = monitor.startsWith('val_');
  const first = isValidation ? trainingRows : 0;
  const rows = Array.from({ length: isValidation ? validationRows : trainingRows }, (_, i) => first + i);
  return Array.from({ length: network.epochs }, (_, epoch) => {
    const epochs = isValidation ? epoch + 1 : epoch;
    const [weights] = train({ ...network, epochs }, seedrandom, seed, { first: repeat }).weights;
    const { loss, predictions } = forward64(network, weights!, rows);
    if (!monitor.endsWith('acc')) return loss;
    return predictions.filter((p, i) => Math.round(p) === data.outputs[rows[i]!]).length / rows.length;
  });
}

describe.each(['loss', 'val_loss', 'acc', 'val_acc'] as const)('%s', (monitor) => {
  const network = { ...classes, batchRows: 9 };
  const repeats = [0, 1, 2, 3];
  const histories = repeats.map((repeat) => historyOf(network, monitor, repeat));

  test.each([
    { patience: 0, minDelta: 0 },
    { patience: 2, minDelta: 0 },
    { patience: 1, minDelta: 0.02 },
    { patience: 4, minDelta: 0.05 },
  ])('stops where Keras would by the values in float64: patience $patience, minDelta $minDelta', (settings) => {
    const stopping = { monitor, ...settings };
    const wanted = histories.map((history) => kerasEpochs(history, stopping));
    expect(epochsOf(network, stopping, repeats.length)).toEqual(wanted);
  });
});

describe.each(['loss', 'val_loss', 'acc', 'val_acc'] as const)(
  '%s in several batches, with noise and shuffles',
  (monitor) => {
    const layers: Layer[] = [
      { type: 'gaussian_noise', stddev: 0.1 },
      classes.layers[0]!,
      { type: 'dropout', rate: 0.2 },
    ];
    const earlyStopping = { monitor, patience: 2, minDelta: 0.01 };
    const network = { ...classes, layers: [...layers, classes.layers[1]!], shuffle: true, earlyStopping };

    test('repeats stop together in one kernel as each would alone, to the bit, wherever they are', () => {
      const together = train(network, seedrandom, seed, { count: 11 });
      const moved = train(network, seedrandom, seed, { first: 3, count: 8 });
      const replayed = train(network, seedrandom, seed, { count: 11, groupBytes: 0 });
      expect(moved.weights).toEqual(together.weights.slice(3));
      expect(replayed).toEqual(together);
      together.digests.forEach((digest, first) => {
        const alone = train(network, seedrandom, seed, { first });
        expect([alone.digests[0], alone.scores[0]]).toEqual([digest, together.scores[first]]);
      });
      const { earlyStopping: stopping, ...free } = network;
      expect(new Set(epochsOf(free, stopping, 11)).size).toBeGreaterThan(1);
    });
  },
);
