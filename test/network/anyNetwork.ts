import fc from 'fast-check';
import type { Backend } from '../../src/backends/backend.js';
import { seedrandom } from '../../src/backends/seedrandom.js';
import { tensorflow } from '../../src/backends/tensorflow.js';
import { theano } from '../../src/backends/theano.js';
import { inlineRows } from '../../src/data/dataset.js';
import {
  type Activation,
  activationNames,
  type Layer,
  type Loss,
  lossNames,
  type Network,
} from '../../src/network/network.js';
import { denseLayer, noPenalty } from '../networks.js';
import { networkWith } from './training.js';

export const anyBackend: fc.Arbitrary<Backend> = fc.constantFrom(theano, tensorflow, seedrandom);

const anyActivation: fc.Arbitrary<Activation> = fc.constantFrom(...activationNames).map((name) => {
  if (name === 'leaky_relu') return { name, alpha: 0.25 };
  return name === 'elu' ? { name, alpha: 0.5 } : { name };
});

const anyPenalty = fc.constantFrom(
  noPenalty,
  noPenalty,
  { l1: 0.02, l2: 0 },
  { l1: 0, l2: 0.03 },
  { l1: 0.01, l2: 0.02 },
);

const wide = { name: 'random_uniform', minval: -1, maxval: 1 } as const;

/** A dense layer whose bias starts anywhere too. */
function anyDense(units: fc.Arbitrary<number>, activation = anyActivation): fc.Arbitrary<Layer> {
  return fc
    .record({ units, activation, useBias: fc.boolean(), kernelRegularizer: anyPenalty, biasRegularizer: anyPenalty })
    .map(({ units: count, ...parts }) =>
      denseLayer(count, { ...parts, kernelInitializer: wide, biasInitializer: wide }),
    );
}

const anyNoisy: fc.Arbitrary<Layer> = fc.constantFrom(
  { type: 'dropout', rate: 0.3 },
  { type: 'gaussian_noise', stddev: 0.2 },
);

const anyHidden = fc.oneof(
  { weight: 3, arbitrary: anyDense(fc.integer({ min: 1, max: 5 })) },
  { weight: 1, arbitrary: anyNoisy },
  { weight: 1, arbitrary: anyActivation.map((activation): Layer => ({ type: 'activation', activation })) },
);

/** Activations of a last layer that go with a loss: crossentropies want probabilities. */
function endsWith(loss: Loss): fc.Arbitrary<Activation> {
  if (loss === 'binary_crossentropy') return fc.constantFrom({ name: 'sigmoid' }, { name: 'softmax' });
  if (loss === 'categorical_crossentropy') {
    return fc.constantFrom({ name: 'softmax' }, { name: 'sigmoid' }, { name: 'softplus' });
  }
  return anyActivation;
}

/** Targets that go with a loss. */
function anyTargets(loss: Loss, targets: number): fc.Arbitrary<number[]> {
  if (loss === 'categorical_crossentropy') {
    return fc.nat(targets - 1).map((hot) => Array.from({ length: targets }, (_, i) => (i === hot ? 1 : 0)));
  }
  const values = { hinge: [-1, 1], binary_crossentropy: [0, 1] }[loss as string];
  const one = values ? fc.constantFrom(...values) : fc.integer({ min: -40, max: 40 }).map((value) => value / 16);
  return fc.array(one, { minLength: targets, maxLength: targets });
}

/** Networks of all layers, losses and penalties, with their data; one in three begins with an embedding. */
export const anyNetwork: fc.Arbitrary<Network> = fc
  .record({
    loss: fc.constantFrom(...lossNames),
    features: fc.integer({ min: 1, max: 4 }),
    targets: fc.integer({ min: 1, max: 3 }),
    rows: fc.integer({ min: 1, max: 7 }),
    entries: fc.constantFrom(0, 0, 5),
    flat: fc.boolean(),
    hidden: fc.array(anyHidden, { maxLength: 3 }),
    tablePenalty: anyPenalty,
  })
  .chain(({ loss, features, targets, rows, entries, flat, hidden, tablePenalty }) => {
    const input = entries > 0 ? fc.nat(entries - 1) : fc.integer({ min: -32, max: 32 }).map((value) => value / 16);
    return fc
      .record({
        inputs: fc.array(fc.array(input, { minLength: features, maxLength: features }), {
          minLength: rows,
          maxLength: rows,
        }),
        outputs: fc.array(anyTargets(loss, targets), { minLength: rows, maxLength: rows }),
        last: anyDense(fc.constant(targets), endsWith(loss)),
        between: fc.array(anyNoisy, { maxLength: 1 }),
        grouped: anyActivation,
      })
      .map(({ inputs, outputs, last, between, grouped }) => {
        const table: Layer[] = [
          {
            type: 'embedding',
            inputDim: entries,
            outputDim: 3,
            embeddingsInitializer: wide,
            embeddingsRegularizer: tablePenalty,
          },
          ...(flat ? [] : ([{ type: 'activation', activation: grouped }, ...between] as Layer[])),
          { type: 'flatten' },
        ];
        const layers = [...(entries > 0 ? table : []), ...hidden, last];
        return networkWith({ data: inlineRows(inputs, outputs), layers, loss });
      });
  });
