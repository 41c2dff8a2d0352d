import type { Draw } from '../backends/backend.js';
import type { KernelExports } from '../kernel/kernel.js';
import { constantOf, drawOf, type Shape } from './initializers.js';
import type { Activation, Initializer, Network, Regularizer } from './network.js';

/** A tensor of the parameters: where it stands among them, and what it starts as. */
export interface PlacedTensor {
  /** As the experiment has it: `layers[0].kernel`. */
  readonly name: string;
  readonly at: number;
  readonly shape: Shape;
  readonly initializer: Initializer;
  /** Position in the list of draws; undefined where nothing is drawn. */
  readonly draw: number | undefined;
}

/** A layer that draws for every batch. */
interface NoisyLayer {
  /** Its number in the kernel. */
  readonly layer: number;
  /** Position in the list of draws. */
  readonly draw: number;
}

/** A network as a list of the kernel's layers, with what every repeat draws for them. */
export interface Program {
  /** Puts the layers into an open kernel. */
  addLayers(exports: KernelExports): void;
  readonly layerCount: number;
  readonly tensors: readonly PlacedTensor[];
  readonly draws: readonly Draw[];
  readonly noisy: readonly NoisyLayer[];
}

const ACTIVATIONS = {
  ...{ relu: 0, leaky_relu: 1, elu: 2, sigmoid: 3, hard_sigmoid: 4, tanh: 5, softplus: 6, softsign: 7, softmax: 8 },
} as const; // as in the kernel's activation.ts

/** Translates a network: an activation is a layer of its own there, and what changes nothing is none. */
export function programOf(network: Network): Program {
  const adders: ((exports: KernelExports) => void)[] = [];
  const tensors: PlacedTensor[] = [];
  const draws: Draw[] = [];
  const noisy: NoisyLayer[] = [];
  const counts = { parameters: 0, owners: 0, dropout: 0, noise: 0 };
  /** Values of a row, and of the last axis where an embedding's vectors are not flattened yet. */
  let width = network.data.features;
  let group = width;

  function addTensor(name: string, initializer: Initializer, shape: Shape): void {
    const draw = drawOf(initializer, shape, counts.owners);
    tensors.push({ name, at: counts.parameters, shape, initializer, draw: draw && draws.push(draw) - 1 });
    counts.parameters += shape.rows * shape.columns;
  }

  function addActivation({ name, alpha = name === 'elu' ? 1 : 0 }: Activation): void {
    if (name === 'linear') return;
    const values = group;
    adders.push((exports) => exports.addActivation(ACTIVATIONS[name], alpha, values));
  }

  function addNoisy(kind: 'dropout' | 'noise', add: (exports: KernelExports) => void): void {
    noisy.push({ layer: adders.length, draw: draws.push({ kind, index: counts[kind]++ }) - 1 });
    adders.push(add);
  }

  network.layers.forEach((layer, index) => {
    const nameOf = (tensor: string) => `layers[${index}].${tensor}`;
    switch (layer.type) {
      case 'dense': {
        const { units, useBias, kernelRegularizer: kernel, biasRegularizer: bias } = layer;
        adders.push((exports) => exports.addDense(units, useBias ? 1 : 0, ...pair(kernel), ...pair(bias)));
        addTensor(nameOf('kernel'), layer.kernelInitializer, { rows: width, columns: units, isBias: false });
        if (useBias) addTensor(nameOf('bias'), layer.biasInitializer, { rows: 1, columns: units, isBias: true });
        counts.owners += 1;
        width = units;
        group = width;
        addActivation(layer.activation);
        break;
      }
      case 'embedding': {
        const { inputDim, outputDim } = layer;
        adders.push((exports) => exports.addEmbedding(inputDim, outputDim, ...pair(layer.embeddingsRegularizer)));
        addTensor(nameOf('embeddings'), layer.embeddingsInitializer, {
          rows: inputDim,
          columns: outputDim,
          isBias: false,
        });
        counts.owners += 1;
        width *= outputDim;
        group = outputDim;
        break;
      }
      case 'flatten':
        group = width;
        break;
      case 'activation':
        addActivation(layer.activation);
        break;
      case 'dropout':
        // Keras draws no seed for a rate of 0.
        if (layer.rate > 0) addNoisy('dropout', (exports) => exports.addDropout(Math.fround(1 - layer.rate)));
        break;
      case 'gaussian_noise':
        addNoisy('noise', (exports) => exports.addGaussianNoise(layer.stddev));
        break;
    }
  });
  return {
    addLayers: (exports) => {
      for (const add of adders) add(exports);
    },
    layerCount: adders.length,
    tensors,
    draws,
    noisy,
  };
}

function pair({ l1, l2 }: Regularizer): [number, number] {
  return [l1, l2];
}

/** Fills a tensor that is not drawn, within zeroed parameters. */
export function fillTensor(parameters: Float32Array, { at, shape, initializer }: PlacedTensor): void {
  const { rows, columns } = shape;
  const value = constantOf(initializer);
  if (value === 0) return;
  if (initializer.name !== 'identity') parameters.fill(value, at, at + rows * columns);
  else for (let i = 0; i < rows; i++) parameters[at + i * columns + i] = value;
}
