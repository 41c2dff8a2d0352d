import { describe, expect, test } from 'vitest';
import { theano } from '../../src/backends/theano.js';
import { installBatches } from '../../src/kernel/installBatches.js';
import { lossNames } from '../../src/network/network.js';
import { setOptimizer } from '../../src/network/optimizer.js';
import { programOf } from '../../src/network/program.js';
import { placeLanes, readLane, unitKernel } from '../kernel/units.js';
import { denseLayer, optimizerOf } from '../networks.js';
import { floatBits, floatsOf, largestUlps, reference } from '../reference.js';
import { networkWith } from './training.js';

interface Tensor {
  shape: number[];
  f32hex: string[];
}

// Keras 2.0.3 on Theano 0.9.0: values and gradients at edge points
function entries<T>(unit: string): T[] {
  return reference<{ entries: T[] }>(`keras-theano-2/unit_${unit}.json`).entries;
}

const kernel = unitKernel();
const { exports } = kernel;

/** Every value within 8 units in the last place, or 1e-6 of the largest there is, or of 1 where that is more. */
function expectClose(ours: Float32Array, wanted: Float32Array): void {
  expect(ours).toHaveLength(wanted.length);
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const allowed = 1e-6 * Math.min(1, largest);
  const wrong = [...wanted].flatMap((value, i) => {
    const one = ours.slice(i, i + 1);
    const close = Math.abs((one[0] as number) - value) <= allowed || largestUlps(one, Float32Array.of(value)) <= 8;
    return close ? [] : [{ i, ours: one[0], wanted: value }];
  });
  expect(wrong).toEqual([]);
}

/**
 * What `compute` makes in each lane where all hold the values; checks that a lane's bits stay when the other lanes hold these
 * values in another order, or what is no number.
 *
 * @param compute gets an address for each list, and returns one of as many vectors as the lane is to be read from
 */
function laneOf(
  lists: readonly Float32Array[],
  count: number,
  compute: (addresses: readonly number[]) => number,
): Float32Array {
  const place = (others: (list: Float32Array, distance: number) => Float32Array, lane: number) =>
    readLane(
      kernel,
      compute(
        lists.map((list) =>
          placeLanes(
            kernel,
            [0, 1, 2, 3].map((at) => (at === lane ? list : others(list, at))),
          ),
        ),
      ),
      count,
      lane,
    );
  const rotated = (list: Float32Array, by: number) =>
    Float32Array.from(list, (_, i) => list[(i + 1 + by) % list.length]!);
  const unlike = (list: Float32Array, by: number) => list.map((_, i) => [Number.NaN, Infinity, -1e38][(i + by) % 3]!);
  const alike = place((list) => list, 0);
  for (let lane = 0; lane < 4; lane++) {
    for (const others of [(list: Float32Array) => list, rotated, unlike]) {
      expect(floatBits(place(others, lane))).toEqual(floatBits(alike));
    }
  }
  return alike;
}

interface ActivationEntry {
  activation: string;
  x: Tensor;
  value: Tensor;
  upstream: Tensor;
  grad: Tensor;
}

/** The kernel's number of an activation as the file names it, and its setting. */
function activationOf(name: string): { activation: number; setting: number } {
  const setting = Number(/[\d.]+(?=\))/.exec(name)?.[0] ?? (name === 'elu' ? 1 : 0));
  const names = ['relu', 'LeakyReLU', 'elu', 'sigmoid', 'hard_sigmoid', 'tanh', 'softplus', 'softsign', 'softmax'];
  return { activation: names.indexOf(name.replace(/\(.*/, '')), setting };
}

const activations = entries<ActivationEntry>('activations');

describe.each(activations.filter(({ activation }) => activation !== 'linear'))('$activation', (entry) => {
  const { activation, setting } = activationOf(entry.activation);
  const [x, upstream] = [floatsOf(entry.x.f32hex), floatsOf(entry.upstream.f32hex)];
  const group = entry.x.shape[1] as number;
  const count = x.length;
  const activate = (input: number) => {
    const output = exports.allocate(16 * count);
    exports.activateRow(activation, setting, group, 1, input, output, count);
    return output;
  };

  test('has the values of Keras, whatever the other lanes hold', () => {
    expectClose(
      laneOf([x], count, ([input = 0]) => activate(input)),
      floatsOf(entry.value.f32hex),
    );
  });

  test('has the derivatives of Keras, whatever the other lanes hold', () => {
    const slopes = laneOf([x, upstream], count, ([input = 0, deltas = 0]) => {
      exports.differentiateRow(activation, setting, group, 1, input, activate(input), deltas, count);
      return deltas;
    });
    expectClose(slopes, floatsOf(entry.grad.f32hex));
  });
});

test('linear passes values and derivatives on, and is no layer', () => {
  const linear = activations.filter(({ activation }) => activation === 'linear');
  expect(linear).toHaveLength(1);
  for (const { x, value, upstream, grad } of linear) {
    expect(value).toEqual(x);
    expect(grad).toEqual(upstream);
  }
  const layers = [denseLayer(2), { type: 'activation', activation: { name: 'linear' } }, denseLayer(1)] as const;
  expect(programOf(networkWith({ layers })).layerCount).toBe(2);
});

test.each(['relu', 'leaky_relu'])('%s has no slope at 0 on TensorFlow', (name) => {
  const at = (values: number[]) => placeLanes(kernel, Array(4).fill(values));
  const [input, output, deltas] = [at([-1, -0, 0, 1]), at([0, 0, 0, 1]), at([1, 1, 1, 1])] as const;
  exports.differentiateRow(name === 'relu' ? 0 : 1, 0.25, 4, 0, input, output, deltas, 4);
  expect([...readLane(kernel, deltas, 4, 0)]).toEqual([name === 'relu' ? 0 : 0.25, 0, 0, 1]);
});

interface LossEntry {
  loss: string;
  y_true: Tensor;
  y_pred: Tensor;
  per_sample: Tensor;
  grad_of_sum_wrt_y_pred: Tensor;
}

const longNames: Record<string, string> = { mean_squared_error: 'mse', mean_absolute_error: 'mae' };
const losses = entries<LossEntry>('losses')
  .map((entry) => ({ ...entry, number: lossNames.findIndex((name) => name === (longNames[entry.loss] ?? entry.loss)) }))
  .filter(({ number }) => number >= 0);

test('every loss has reference values', () => {
  expect(losses.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4]);
});

describe.each(losses)('$loss', (entry) => {
  const [rows = 0, targets = 0] = entry.y_pred.shape;
  const lists = [floatsOf(entry.y_pred.f32hex), floatsOf(entry.y_true.f32hex)];

  test('has the values of Keras, row by row, whatever the other lanes hold', () => {
    const values = laneOf(lists, rows, ([p = 0, t = 0]) => {
      const lanes = [0, 4, 8, 12].map((lane) =>
        Array.from({ length: rows }, (_, row) => {
          const at = 16 * targets * row + lane;
          return exports.rowLoss(entry.number, p + at, t + at, targets);
        }),
      );
      return placeLanes(kernel, lanes);
    });
    expectClose(values, floatsOf(entry.per_sample.f32hex));
  });

  test('has the derivatives of Keras, a mean over the rows, whatever the other lanes hold', () => {
    const row = 16 * targets;
    const deltas = laneOf(lists, rows * targets, ([p = 0, t = 0]) => {
      const delta = exports.allocate(rows * row);
      exports.lossDeltas(entry.number, p, row, t, row, delta, targets, rows);
      return delta;
    });
    // The file's are of the sum over the rows.
    expectClose(
      deltas.map((value) => value * rows),
      floatsOf(entry.grad_of_sum_wrt_y_pred.f32hex),
    );
  });
});

interface MetricEntry {
  metric: string;
  y_true: Tensor;
  y_pred: Tensor;
  per_sample: Tensor;
}

const metrics = entries<MetricEntry>('metrics').filter(({ metric }) =>
  ['binary_accuracy', 'categorical_accuracy'].includes(metric),
);

test.each(metrics.map((entry) => ({ ...entry, shape: entry.y_pred.shape })))(
  '$metric of shape $shape is that of Keras, row by row, whatever the other lanes hold',
  ({ metric, y_true, y_pred, per_sample }) => {
    const [rows = 0, targets = 0] = y_pred.shape;
    const values = laneOf([floatsOf(y_pred.f32hex), floatsOf(y_true.f32hex)], rows, ([p = 0, t = 0]) => {
      const lanes = [0, 4, 8, 12].map((lane) =>
        Array.from({ length: rows }, (_, row) => {
          const at = 16 * targets * row + lane;
          return exports.rowAccuracy(metric === 'binary_accuracy' ? 1 : 0, p + at, t + at, targets);
        }),
      );
      return placeLanes(kernel, lanes);
    });
    expect(floatBits(values)).toEqual(per_sample.f32hex);
  },
);

interface NoiseEntry {
  seed: number;
  mean: number;
  stddev: number;
  calls: Tensor[];
}

test.each(entries<NoiseEntry>('noise'))(
  'normals of seed $seed with mean $mean are those of Theano within 5 units in the last place, call after call',
  ({ seed, mean, stddev, calls }) => {
    const most = Math.max(...calls.map(({ f32hex }) => f32hex.length));
    const noise = exports.newNoise(theano.framework, most, most + 1);
    const out = exports.allocate(16 * most);
    for (let lane = 0; lane < 4; lane++)
      exports.seedNoiseLane(noise, lane, lane === 2 ? seed : 77 + lane, 0, 0, 0, 0, 0);
    for (const { f32hex } of calls) {
      exports.drawNormals(noise, out, f32hex.length);
      const normals = readLane(kernel, out, f32hex.length, 2);
      const ours = normals.map((z) => Math.fround(z * Math.fround(stddev)) + Math.fround(mean));
      const wanted = floatsOf(f32hex);
      ours.forEach((value, i) => {
        // A sum near 0 has the error of its terms.
        const ulp = 2 ** (Math.floor(Math.log2(Math.max(Math.abs(mean), Math.abs(wanted[i]!)))) - 23);
        expect(Math.abs(value - wanted[i]!)).toBeLessThanOrEqual(5 * ulp);
      });
    }
  },
);

interface PenaltyEntry {
  l1: number;
  l2: number;
  w: Tensor;
  grad: Tensor;
  value: Tensor;
}

describe.each(entries<PenaltyEntry>('regularizers'))('l1 $l1 and l2 $l2', ({ l1, l2, w, grad, value }) => {
  const weights = floatsOf(w.f32hex);
  const [rows = 0, columns = 0] = w.shape;

  /**
   * Trains on one row of zeros, which the layer predicts whatever its kernel: only penalties move it. Each lane starts with the
   * weights rotated by its number.
   */
  function penalized(epochs: number, minDelta?: number) {
    const own = unitKernel();
    own.exports.openNetwork(1, 0, rows, columns, 1, 1, theano.framework, 0, 0);
    own.exports.addDense(columns, 0, l1, l2, 0, 0);
    own.exports.closeNetwork(0, 1);
    installBatches(own.exports, { formula: 'sgd', clipsNorm: false, clipsValue: false });
    setOptimizer(own, optimizerOf('sgd', { learningRate: 1 }));
    own.exports.setTraining(0, 0);
    if (minDelta !== undefined) own.exports.setStopping(1, 0, minDelta);
    const parameters = own.floats(own.exports.laneParametersAt(), weights.length);
    for (let lane = 0; lane < 4; lane++) {
      parameters.set(weights.map((_, i) => weights[(i + lane) % weights.length]!));
      own.exports.scatterLane(lane, own.exports.laneParametersAt());
    }
    own.exports.startTraining(4);
    const ran = [0, 0, 0, 0];
    for (let epoch = 0; epoch < epochs; epoch++) {
      const stopped = own.exports.stoppedLanes();
      own.exports.train(1, 0, 0);
      for (let lane = 0; lane < 4; lane++) if (!(stopped & (1 << lane))) ran[lane]! += 1;
    }
    const after = [0, 1, 2, 3].map((lane) => {
      own.exports.gatherLane(lane, own.exports.laneParametersAt());
      return parameters.map((_, i) => parameters[(i + weights.length - lane) % weights.length]!);
    });
    return { after, epochs: ran };
  }

  test('give the gradients of Keras, in every lane', () => {
    const wanted = floatsOf(grad.f32hex);
    for (const lane of penalized(1).after) {
      lane.forEach((after, i) => {
        const before = weights[i]!;
        // What the subtraction of a step loses.
        const allowed = 2 ** -23 * Math.max(Math.abs(before), Math.abs(wanted[i]!));
        expect(Math.abs(before - after - wanted[i]!)).toBeLessThanOrEqual(allowed);
      });
    }
  });

  test('add the value of Keras to the loss: what an epoch gains is known to 1e-6 of it', () => {
    const [after] = penalized(1).after;
    const rest = [...after!].reduce((sum, one) => sum + l1 * Math.abs(one) + l2 * one * one, 0);
    const [whole = 0] = floatsOf(value.f32hex);
    const gain = whole - rest;
    // Early stopping without patience ends with the second epoch where that gains no more than is asked for.
    expect(penalized(3, gain + 1e-6 * whole).epochs).toEqual([2, 2, 2, 2]);
    expect(penalized(3, gain - 1e-6 * whole).epochs).toEqual([3, 3, 3, 3]);
  });
});
