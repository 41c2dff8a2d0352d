import { describe, expect, test } from 'vitest';
import { theano } from '../../src/backends/theano.js';
import { inlineRows } from '../../src/data/dataset.js';
import { glorotUniformLimit } from '../../src/network/initializers.js';
import type { Network } from '../../src/network/network.js';
import { createTrainer } from '../../src/network/trainer.js';
import { mt19937From } from '../../src/random/mt19937.js';
import { permutation, shuffle } from '../../src/random/randomState.js';
import { drawn } from '../drawn.js';
import { floatBits, floatsOf, reference } from '../reference.js';

interface Tensor {
  shape: number[];
  f32hex: string[];
}
interface KerasRun {
  build_rng_calls: [string, number[], number][];
  first3_shuffles: number[][];
  n_shuffles: number;
  initial_weights: Tensor[];
  final_weights: Tensor[];
  final_mse: string;
  numpy_state_after: { pos: number; key0: number };
}
interface KerasFile {
  config: {
    seed: number;
    epochs: number;
    batch_size: number;
    shuffle?: boolean;
    layers: { units: number; activation?: 'linear' | 'relu' }[];
  };
  X: string[][];
  y: string[];
  runs: KerasRun[];
}

const names = ['article', 'seed_0', 'seed_42', 'act_relu', 'batch1_shuffle', 'batch2_noshuffle', 'batch4_shuffle'];

// Keras 2.0.3 on Theano 0.9.0
describe.each([...names, 'init_glorot_uniform_wide'])('Keras on Theano: %s', (name) => {
  const file = reference<KerasFile>(`keras-theano/${name}.json`);
  const { config } = file;
  const network: Network = {
    data: inlineRows(
      file.X.map((row) => row.map(Number)),
      file.y.map((value) => [Number(value)]),
    ),
    layers: config.layers.map(({ units, activation = 'linear' }) => ({ units, activation })),
    adam: { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    epochs: config.epochs,
    batchRows: config.batch_size,
    shuffle: config.shuffle ?? true,
  };
  const { rows, features } = network.data;
  const widths = [features, ...network.layers.map(({ units }) => units)];
  const trainer = createTrainer(network, theano.reluSlopeAtZero, file.runs.length);

  test('child seeds, initial weights, shuffles and the state after are those of Keras, bit for bit', () => {
    const stream = theano.open({ root: config.seed });
    file.runs.forEach((run, index) => {
      const draws = stream.repeat(index, network.layers.length);
      network.layers.forEach(({ units }, layer) => {
        const inputs = widths[layer] as number;
        const limit = glorotUniformLimit(inputs, units);
        const tensor = { index: layer, count: inputs * units, low: -limit, high: limit };
        const weights = drawn(tensor.count, (kernel, at) => draws.uniform(tensor, kernel, at));
        expect(floatBits(weights)).toEqual(run.initial_weights[2 * layer]?.f32hex);
      });
      const numpy = { generator: draws.shuffler, spareNormal: undefined };
      if (run.n_shuffles > 0) {
        const order = permutation(numpy, rows);
        expect([...order]).toEqual(run.first3_shuffles[0]);
        for (let epoch = 1; epoch < run.n_shuffles; epoch++) {
          shuffle(numpy, order);
          if (epoch < 3) expect([...order]).toEqual(run.first3_shuffles[epoch]);
        }
      }
      const after = stream.state();
      expect(after && { pos: after.position, key0: after.words[0] }).toEqual({
        pos: run.numpy_state_after.pos,
        key0: run.numpy_state_after.key0,
      });
    });
  });

  test('scores are within 1e-7 and final weights within 1e-6 of Keras', () => {
    const stream = theano.open({ root: config.seed });
    file.runs.forEach((run, index) => {
      const { scores } = trainer.plan(stream, index, 1).train();
      expect(Math.abs((scores[0] as number) - Number(run.final_mse))).toBeLessThanOrEqual(1e-7);
      const weights = floatsOf(run.final_weights.flatMap(({ f32hex }) => f32hex));
      const largest = trainer
        .weights(0)
        .reduce((most, value, i) => Math.max(most, Math.abs(value - (weights[i] ?? NaN))), 0);
      expect(largest).toBeLessThanOrEqual(1e-6);
    });
  });

  test('four repeats in one kernel have the bits of four alone', () => {
    const [together, alone] = [theano.open({ root: config.seed }), theano.open({ root: config.seed })];
    const chunk = trainer.plan(together, 0, 6).train();
    for (let index = 0; index < 6; index++) {
      const one = trainer.plan(alone, index, 1).train();
      expect([one.scores[0], one.weights[0]]).toEqual([chunk.scores[index], chunk.weights[index]]);
    }
  });
});

test('a state that was taken gives the draws that followed', () => {
  const stream = theano.open({ root: 1 });
  stream.repeat(0, 3);
  const state = stream.state();
  if (!state) throw new Error('theano is sequential');
  expect(mt19937From(state).next()).toBe(stream.repeat(1, 0).shuffler.next());
});
