import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Backend } from '../../src/backends/backend.js';
import { theano } from '../../src/backends/theano.js';
import { inlineRows } from '../../src/data/dataset.js';
import { activationNames, type Layer, lossNames, type Network } from '../../src/network/network.js';
import { programOf } from '../../src/network/program.js';
import { denseLayer, noPenalty } from '../networks.js';
import { noisesOf } from '../noises.js';
import { anyBackend, anyNetwork } from './anyNetwork.js';
import { drawBatch, forward64, gradient64 } from './forward64.js';
import { networkWith, train } from './training.js';

const seed = { root: 5, tensorflow: 6 };
/** How far from every corner a network must be for its differences to mean anything. */
const CLEARANCE = 2e-3;

/** The kernel's gradient, what one step with rate 1 takes, and that of the float64 network; undefined near a corner. */
function gradients(network: Network, backend: Backend) {
  const [before] = train({ ...network, epochs: 0 }, backend, seed).weights;
  const [after] = train(network, backend, seed).weights;
  const { draws, noisy } = programOf(network);
  const stream = backend.open(seed);
  const repeat = stream.repeat(0, draws);
  const rows = Array.from({ length: network.trainingRows }, (_, row) => row);
  const noises = noisy.map(({ draw }) => noisesOf(backend.framework, stream.noise(repeat, draw)));
  const drawn = drawBatch(network, noises, rows.length);
  if (forward64(network, before!, rows, drawn).clearance < CLEARANCE) return undefined;
  const ours = Float64Array.from(before!, (value, i) => value - after![i]!);
  return { before: before!, ours, wanted: gradient64(network, before!, rows, drawn) };
}

function expectSame({ before, ours, wanted }: NonNullable<ReturnType<typeof gradients>>): void {
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const weight = before.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // Float32 weights before and after, whose difference it is; float32 gradients, in which 1 − y² loses digits near its ends.
  const allowed = 1e-7 * weight + 4e-6 * largest + 2e-6;
  ours.forEach((value, i) => {
    expect(Math.abs(value - wanted[i]!), `parameter ${i}: ${value}, ${wanted[i]}`).toBeLessThanOrEqual(allowed);
  });
}

const inputs = [
  [0.4, -1.3, 0.7],
  [-0.9, 0.2, 1.6],
  [1.1, 0.8, -0.3],
  [-1.7, -0.6, 0.1],
  [0.3, 1.4, -1.2],
];
const wide = { name: 'random_uniform', minval: -1, maxval: 1 } as const;
const outputsOf = {
  mse: [0.3, -1.1],
  mae: [0.4, -0.7],
  hinge: [-1, 1],
  binary_crossentropy: [1, 0],
  categorical_crossentropy: [0, 1],
};
const endOf: Record<(typeof lossNames)[number], (typeof activationNames)[number]> = {
  ...({ mse: 'linear', mae: 'linear', hinge: 'tanh' } as const),
  ...({ binary_crossentropy: 'sigmoid', categorical_crossentropy: 'softmax' } as const),
};

/** A network of the rows above. */
function networkOf(layers: readonly Layer[], loss: (typeof lossNames)[number] = 'mse'): Network {
  const outputs = inputs.map((_, row) => (row % 2 === 0 ? outputsOf[loss] : outputsOf[loss].toReversed()));
  return networkWith({ data: inlineRows(inputs, outputs), layers, loss });
}

function dense(units: number, parts: Parameters<typeof denseLayer>[1] = {}): Layer {
  return denseLayer(units, { kernelInitializer: wide, biasInitializer: wide, ...parts });
}

/** Whatever is checked here must be far from corners. */
function check(network: Network): void {
  const found = gradients(network, theano);
  expect(found).toBeDefined();
  expectSame(found!);
}

describe.each(activationNames)('%s', (name) => {
  const activation = { name, ...(name === 'leaky_relu' || name === 'elu' ? { alpha: 0.3 } : {}) };

  test('has the gradient of central differences on a hidden layer', () => {
    check(networkOf([dense(4, { activation }), dense(2)]));
  });

  test('has the gradient of central differences on the last layer', () => {
    check(networkOf([dense(4), dense(2, { activation })]));
  });

  test('has the gradient of central differences as a layer of its own, first and behind a layer', () => {
    check(networkOf([{ type: 'activation', activation }, dense(3), { type: 'activation', activation }, dense(2)]));
  });
});

describe.each(lossNames)('%s', (loss) => {
  const activation = { name: endOf[loss] };

  test('has the gradient of central differences, with and without biases', () => {
    for (const useBias of [true, false])
      check(networkOf([dense(4, { useBias }), dense(2, { useBias, activation })], loss));
  });

  test('has the gradient of central differences under dropout, noise and penalties', () => {
    const penalties = { kernelRegularizer: { l1: 0.01, l2: 0.02 }, biasRegularizer: { l1: 0.03, l2: 0.01 } };
    const layers: Layer[] = [
      { type: 'gaussian_noise', stddev: 0.1 },
      dense(4, { ...penalties, activation: { name: 'tanh' } }),
      { type: 'dropout', rate: 0.4 },
      dense(2, { ...penalties, activation }),
    ];
    check(networkOf(layers, loss));
  });
});

test('an embedding has the gradient of central differences, where an entry is looked up often or never', () => {
  const data = inlineRows(
    [
      [0, 0],
      [3, 0],
      [1, 3],
      [0, 1],
    ],
    [[0.3], [1], [-1], [0.2]],
  );
  for (const penalty of [noPenalty, { l1: 0.01, l2: 0.03 }]) {
    const table = {
      ...({ type: 'embedding', inputDim: 5, outputDim: 3, embeddingsInitializer: wide } as const),
      embeddingsRegularizer: penalty,
    };
    for (const name of ['linear', 'tanh', 'softmax'] as const) {
      const layers: Layer[] = [table, { type: 'activation', activation: { name } }, { type: 'flatten' }, dense(1)];
      check(networkWith({ data, layers }));
    }
  }
});

test('every network on every backend has the gradient of central differences, but near corners', () => {
  let checked = 0;
  fc.assert(
    fc.property(anyNetwork, anyBackend, (network, backend) => {
      const found = gradients(network, backend);
      fc.pre(found !== undefined);
      expectSame(found!);
      checked += 1;
    }),
    { seed: 20, numRuns: 100, maxSkipsPerRun: 20 },
  );
  expect(checked).toBe(100);
});

test('a gradient without a penalty of 1e-4 would be seen to be wrong', () => {
  const layers = (l2: number): Layer[] => [
    dense(4, { activation: { name: 'tanh' }, kernelRegularizer: { l1: 0, l2 } }),
    { type: 'dropout', rate: 0.4 },
    dense(2),
  ];
  const [penalized, without] = [gradients(networkOf(layers(1e-4)), theano)!, gradients(networkOf(layers(0)), theano)!];
  expect(() => expectSame({ ...penalized, ours: without.ours })).toThrow();
});
