import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NetworkExperiment } from '../../src/experiment/experiment.js';
import { sharedKernel } from '../../src/kernel/kernel.js';
import { createTrainer, type TrainerOptions } from '../../src/network/trainer.js';
import { loadBackend } from '../../src/run/loadBackend.js';
import { planRun } from '../../src/run/plan.js';
import { prepareNetwork } from '../../src/run/prepareNetwork.js';
import { anywhere, articleWith, everyBackend } from '../experiments.js';
import { denseLayer } from '../networks.js';

/** Trains the repeats of an experiment in chunks of three, so that lanes are used unevenly. */
async function train(experiment: NetworkExperiment, options: Partial<TrainerOptions> = {}) {
  const plan = planRun(experiment);
  const { network, state } = await prepareNetwork(plan, anywhere);
  const backend = await loadBackend(experiment.backend);
  const stream = backend.open(plan.seed, state);
  const { repeats } = experiment;
  const trainer = createTrainer(network, backend, { repeats, sequential: stream.sequential, ...options });
  const step = Math.min(3, trainer.chunkRepeats);
  const chunks = [];
  for (let first = 0; first < repeats; first += step) {
    chunks.push(trainer.plan(stream, first, Math.min(step, repeats - first)).train());
  }
  return {
    trainer,
    scores: chunks.flatMap(({ scores }) => [...scores]),
    weights: chunks.flatMap(({ weights }) => [...weights]),
    traces: chunks.flatMap(({ traces = [] }) => traces),
  };
}

/** XXH64 of float32 values, by the kernel. */
function hashOf(values: Float32Array): bigint {
  const { exports } = sharedKernel();
  const at = exports.allocate(4 * values.length);
  new Float32Array(exports.memory.buffer, at, values.length).set(values);
  return BigInt.asUintN(64, exports.xxh64(at, values.length, 0n));
}

const SMALL = { repeats: 5, epochs: 12 };
const variants: [string, Partial<NetworkExperiment>][] = [
  ['one batch of few rows', {}],
  ['batches of few rows', { batchSize: 4 }],
  ['many rows', { batchSize: 7, data: { kind: 'sequence', length: 40, lag: 2 } }],
  ['no shuffle', { shuffle: false }],
  ['dropout', { layers: [denseLayer(3), { type: 'dropout', rate: 0.5 }, denseLayer(1)], batchSize: 4 }],
  ['early stopping', { earlyStopping: { monitor: 'loss', patience: 0, minDelta: 0.004 } }],
];

describe.each(everyBackend)('a trace on $backend', (parts) => {
  test.each(variants)('of %s changes no bit of the result', async (_, changes) => {
    const experiment = articleWith({ ...parts, ...SMALL, ...changes });
    const plain = await train(experiment);
    for (const groupBytes of [1 << 26, 0]) {
      const traced = await train(experiment, { traced: 'weights', groupBytes });
      expect([traced.scores, traced.weights]).toEqual([plain.scores, plain.weights]);
      expect(plain.traces).toEqual([]);
      // The last kept weights are those that the run's own hash is of.
      const { length } = traced.trainer.weights(0);
      traced.traces.forEach(({ weights }, i) => {
        expect(hashOf(weights.slice(-length))).toBe(plain.weights[i]);
      });
    }
  });

  test.each(variants)('of %s has after every epoch the weights of a training that ends there', async (_, changes) => {
    // Whatever follows, a first repeat begins alike.
    const experiment = articleWith({ ...parts, ...SMALL, ...changes, repeats: 1 });
    const { traces, trainer } = await train(experiment, { traced: 'weights' });
    const [trace] = traces;
    if (!trace) throw new Error('no trace');
    const { length } = trainer.weights(0);
    expect([...trace.hashed]).toEqual(Array.from({ length: trace.epochs + 1 }, (_, epoch) => epoch));
    expect([...trace.kept]).toEqual([...trace.hashed]);
    for (let epoch = 1; epoch <= trace.epochs; epoch++) {
      const { trainer: shorter } = await train({ ...experiment, epochs: epoch });
      const row = trace.weights.slice(epoch * length, (epoch + 1) * length);
      expect(row).toEqual(shorter.weights(0));
      trainer.tensors.forEach(({ at, rows, columns }, tensor) => {
        const hash = trace.hashes[epoch * trainer.tensors.length + tensor];
        expect(hash).toBe(hashOf(row.slice(at, at + rows * columns)));
      });
    }
  });
});

test('of hashes alone keeps the final weights beside them', async () => {
  const experiment = articleWith({ repeats: 3, epochs: 5 });
  const [whole, light] = [
    await train(experiment, { traced: 'weights' }),
    await train(experiment, { traced: 'hashes' }),
  ];
  light.traces.forEach((trace, i) => {
    const { hashed, hashes, weights } = whole.traces[i] ?? trace;
    const size = weights.length / hashed.length;
    expect(trace).toEqual({ epochs: 5, hashed, hashes, kept: Uint32Array.of(5), weights: weights.slice(-size) });
  });
});

test('a repeat that stops early has no more rows than epochs', async () => {
  const stopping = { monitor: 'loss', patience: 0, minDelta: 0.004 } as const;
  const { traces } = await train(articleWith({ epochs: 50, earlyStopping: stopping }), { traced: 'weights' });
  const epochs = traces.map((trace) => trace.epochs);
  expect(Math.min(...epochs)).toBeLessThan(50);
  expect(new Set(epochs).size).toBeGreaterThan(1);
  for (const { epochs: trained, hashed } of traces) expect(hashed).toHaveLength(trained + 1);
});

test('very many epochs and very large networks are noted every so often, and at the end, in bounded memory', async () => {
  const sizes = fc.record({ epochs: fc.integer({ min: 1, max: 1_500_000 }), units: fc.constantFrom(1, 700_000) });
  await fc.assert(
    fc.asyncProperty(sizes, async ({ epochs, units }) => {
      const long = units === 1 ? epochs : 1 + (epochs % 3);
      const layers = [denseLayer(units), denseLayer(1)];
      const { traces } = await train(articleWith({ epochs: long, layers, repeats: 1, shuffle: false }), {
        traced: 'weights',
      });
      const [trace] = traces;
      if (!trace) throw new Error('no trace');
      expect(trace.hashed.at(-1)).toBe(long);
      expect(trace.hashes.byteLength).toBeLessThanOrEqual(1 << 24);
      expect(trace.weights.byteLength).toBeLessThanOrEqual(1 << 24);
      if (trace.kept.length > 0) expect(trace.kept.at(-1)).toBe(long);
      if (trace.kept.length > 1) expect(trace.kept[0]).toBe(0);
      const hashed = new Set(trace.hashed);
      expect(trace.kept.every((epoch) => hashed.has(epoch))).toBe(true);
    }),
    { numRuns: 6 },
  );
});
