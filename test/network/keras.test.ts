import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { theano } from '../../src/backends/theano.js';
import { programOf } from '../../src/network/program.js';
import { createTrainer } from '../../src/network/trainer.js';
import { permutation, randomStateFrom, shuffle } from '../../src/random/randomState.js';
import { floatBits, floatsOf, largestUlps, reference } from '../reference.js';
import { type KerasFile, networkOfFile } from './kerasFile.js';

/** The files of test/reference that hold whole trainings. */
const names = ['keras-theano', 'keras-theano-2'].flatMap((folder) =>
  readdirSync(new URL(`../reference/${folder}`, import.meta.url))
    .filter((file) => !file.startsWith('unit_'))
    .map((file) => `${folder}/${file}`),
);

/** How close to expect a float32 re-derivation: test/reference/README.md. */
function tolerance({ config }: KerasFile): { weights: number; score: number } {
  if (config.optimizer.name === 'RMSprop') return { weights: 2.5e-6, score: 2.5e-6 };
  if (config.loss === 'mae') return { weights: 5e-6, score: 5e-6 };
  return { weights: 1e-6, score: 1e-7 };
}

// Keras 2.0.3 on Theano 0.9.0
describe.each(names)('Keras on Theano: %s', (name) => {
  const file = reference<KerasFile>(name);
  const network = networkOfFile(file);
  const program = programOf(network);
  const inOrder = network.earlyStopping !== undefined;
  const open = () => theano.open({ root: file.config.seed });
  const untrained = () => createTrainer({ ...network, epochs: 0 }, theano, { repeats: 4, sequential: false });

  test('child seeds, initial weights, shuffles and the state after are those of Keras', () => {
    const trainer = untrained();
    const normals = /normal|orthogonal/.test(JSON.stringify(file.config));
    const stream = open();
    file.runs.forEach((run, index) => {
      const before = theano.open({ root: 0 }, stream.state());
      trainer.plan(before, index, 1).train();
      const initial = run.initial_weights.flatMap(({ f32hex }) => f32hex);
      if (normals) expect(largestUlps(trainer.weights(0), floatsOf(initial))).toBeLessThanOrEqual(5);
      else expect(floatBits(trainer.weights(0))).toEqual(initial);
      const { shuffler } = stream.repeat(index, program.draws);
      const numpy = { generator: shuffler, spareNormal: undefined };
      const order = Uint32Array.from({ length: network.trainingRows }, (_, i) => i);
      for (let epoch = 0; epoch < run.n_shuffles; epoch++) {
        shuffle(numpy, order);
        if (epoch < 3) expect([...order]).toEqual(run.first3_shuffles[epoch]);
      }
      const after = stream.state();
      const { pos, key0, has_gauss } = run.numpy_state_after;
      const { generator, spareNormal } = after as NonNullable<typeof after>;
      expect([generator.position, generator.words[0], spareNormal !== undefined]).toEqual([pos, key0, has_gauss === 1]);
    });
  });

  test('final weights, scores and epochs are those of Keras', () => {
    const trainer = createTrainer(network, theano, { repeats: file.runs.length, sequential: true });
    const stream = open();
    const allowed = tolerance(file);
    file.runs.forEach((run, index) => {
      const { scores } = trainer.plan(stream, index, 1).train();
      expect(Math.abs((scores[0] as number) - Number(run.final_mse))).toBeLessThanOrEqual(allowed.score);
      const weights = floatsOf(run.final_weights.flatMap(({ f32hex }) => f32hex));
      const ours = trainer.weights(0);
      const largest = ours.reduce((most, value, i) => Math.max(most, Math.abs(value - (weights[i] ?? NaN))), 0);
      // RMSprop divides a gradient by its own size: once only rounding is left of it, so it is of the weights.
      const solved = file.config.optimizer.name === 'RMSprop' && Number(run.final_mse) < 1e-4;
      expect(largest).toBeLessThanOrEqual(solved ? 1e-3 : allowed.weights);
    });
  });

  test('four repeats in one kernel have the bits of four alone', () => {
    const trainer = createTrainer(network, theano, { repeats: 6, sequential: true });
    const [together, alone] = [open(), open()];
    const groups = inOrder ? [1, 1, 1, 1, 1, 1] : [6];
    let first = 0;
    for (const count of groups) {
      const chunk = trainer.plan(together, first, count).train();
      for (let i = 0; i < count; i++) {
        const one = trainer.plan(alone, first + i, 1).train();
        expect([one.scores[0], one.weights[0]]).toEqual([chunk.scores[i], chunk.weights[i]]);
      }
      first += count;
    }
  });
});

test('a state that was taken gives the draws that followed', () => {
  const stream = theano.open({ root: 1 });
  permutation({ generator: stream.repeat(0, []).shuffler, spareNormal: undefined }, 9);
  const state = stream.state();
  if (!state) throw new Error('theano is sequential');
  expect(randomStateFrom(state).generator.next()).toBe(stream.repeat(1, []).shuffler.next());
});
