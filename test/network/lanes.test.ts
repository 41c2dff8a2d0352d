import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameSeedStream } from '../../src/backends/backend.js';
import { metricNames, monitorNames, type Network, type Optimizer } from '../../src/network/network.js';
import { createTrainer } from '../../src/network/trainer.js';
import { optimizerOf } from '../networks.js';
import { anyBackend, anyNetwork } from './anyNetwork.js';
import { train } from './training.js';

const anyOptimizer: fc.Arbitrary<Optimizer> = fc
  .record({
    name: fc.constantFrom('sgd', 'momentum', 'nesterov', 'rmsprop', 'adagrad', 'adadelta', 'adam', 'adamax', 'nadam'),
    decay: fc.constantFrom(0, 0.1),
    clips: fc.constantFrom({}, {}, { clipNorm: 0.5 }, { clipValue: 0.1 }, { clipNorm: 1, clipValue: 0.2 }),
  })
  .map(({ name, decay, clips }) => {
    const settings = { ...(name === 'nadam' ? {} : { decay }), ...clips };
    if (name === 'momentum') return optimizerOf('sgd', { ...settings, momentum: 0.9 });
    if (name === 'nesterov') return optimizerOf('sgd', { ...settings, momentum: 0.9, nesterov: true });
    return optimizerOf(name, settings);
  });

/** Networks of all layers and losses with all ways to train them, but those that are not reproducible by nature. */
const anyTraining: fc.Arbitrary<Network> = fc
  .record({
    network: anyNetwork,
    optimizer: anyOptimizer,
    validation: fc.nat(3),
    batchRows: fc.integer({ min: 1, max: 8 }),
    epochs: fc.integer({ min: 1, max: 4 }),
    shuffle: fc.boolean(),
    metric: fc.constantFrom(...metricNames),
    stopping: fc.option(
      fc.record({ monitor: fc.constantFrom(...monitorNames), patience: fc.nat(1), minDelta: fc.constantFrom(0, 0.05) }),
    ),
  })
  .map(({ network, validation, batchRows, metric, stopping, ...settings }) => {
    const { rows } = network.data;
    const validationRows = Math.min(validation, rows - 1);
    const trainingRows = rows - validationRows;
    const watches = stopping && (validationRows > 0 || !stopping.monitor.startsWith('val_'));
    return {
      ...{ ...network, ...settings, trainingRows, validationRows },
      ...(watches ? { earlyStopping: stopping } : {}),
      batchRows: Math.min(batchRows, Math.max(trainingRows, validationRows)),
      score: { metric, first: 0, rows },
    };
  });

const anyPlace = { first: fc.nat(5), count: fc.integer({ min: 2, max: 7 }) };
const seed = { root: 12, tensorflow: 34 };

test('repeats together have the bits of each alone, in whatever lane each is', () => {
  fc.assert(
    fc.property(anyTraining, anyBackend, fc.record(anyPlace), (network, backend, { first, count }) => {
      const together = train(network, backend, seed, { first, count });
      for (let at = 0; at < count; at++) {
        const alone = train(network, backend, seed, { first: first + at });
        expect(alone.digests[0]).toBe(together.digests[at]);
        expect(alone.scores[0]).toBe(together.scores[at]);
        expect(alone.weights[0]).toEqual(together.weights[at]);
      }
    }),
    { seed: 21, numRuns: 80 },
  );
});

test('shuffles that are drawn again instead of kept give the same bits', () => {
  fc.assert(
    fc.property(anyTraining, anyBackend, fc.record(anyPlace), (network, backend, place) => {
      const shuffled = { ...network, shuffle: true };
      expect(train(shuffled, backend, seed, { ...place, groupBytes: 0 })).toEqual(
        train(shuffled, backend, seed, place),
      );
    }),
    { seed: 22, numRuns: 60 },
  );
});

test('repeats of the same draws have the same bits in every lane', () => {
  fc.assert(
    fc.property(anyTraining, anyBackend, (network, backend) => {
      const trainer = createTrainer(network, backend, { repeats: 6, sequential: false });
      const { scores, weights } = trainer.plan(sameSeedStream(backend, seed), 0, 6).train();
      expect(new Set(scores).size).toBe(1);
      expect(new Set(weights).size).toBe(1);
      expect(train(network, backend, seed)).toMatchObject({ scores: [scores[0]], digests: [weights[0]] });
    }),
    { seed: 23, numRuns: 50 },
  );
});

test('a trainer forgets a training: a repeat trained again after others has the same bits', () => {
  fc.assert(
    fc.property(anyTraining, anyBackend, (network, backend) => {
      const trainer = createTrainer(network, backend, { repeats: 4, sequential: false });
      const stream = sameSeedStream(backend, seed);
      const first = trainer.plan(stream, 0, 1).train();
      trainer.plan(sameSeedStream(backend, { root: 99 }), 0, 3).train();
      expect(trainer.plan(stream, 0, 1).train()).toEqual(first);
    }),
    { seed: 24, numRuns: 50 },
  );
});
