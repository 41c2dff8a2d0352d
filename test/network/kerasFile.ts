import { inlineRows } from '../../src/data/dataset.js';
import {
  type Activation,
  activationNames,
  type EarlyStopping,
  type Layer,
  type Loss,
  type Metric,
  type Network,
  type Regularizer,
} from '../../src/network/network.js';
import { denseLayer, initializerOf, noPenalty, optimizerOf } from '../networks.js';

/** A file of test/reference/keras-theano and keras-theano-2, as Keras 2.0.3 on Theano 0.9.0 wrote it. */
export interface KerasFile {
  config: {
    seed: number;
    epochs: number;
    batch_size: number;
    shuffle?: boolean;
    layers: KerasLayer[];
    optimizer: {
      name: string;
      lr?: number;
      momentum?: number;
      nesterov?: boolean;
      clipnorm?: number;
      clipvalue?: number;
    };
    loss?: string;
    validation_split?: number;
    early_stopping?: { monitor: EarlyStopping['monitor']; patience: number; min_delta?: number } | null;
  };
  X: string[][];
  y: (string | string[])[];
  runs: KerasRun[];
}

interface KerasLayer {
  type: 'Dense' | 'Embedding' | 'Flatten' | 'Dropout' | 'GaussianNoise' | 'LeakyReLU' | 'Activation';
  units?: number;
  activation?: Activation['name'];
  kernel_initializer?: string;
  use_bias?: boolean;
  kernel_regularizer?: Partial<Regularizer>;
  bias_regularizer?: Partial<Regularizer>;
  input_dim?: number;
  output_dim?: number;
  rate?: number;
  stddev?: number;
  alpha?: number;
}

interface Tensor {
  shape: number[];
  f32hex: string[];
}

export interface KerasRun {
  build_rng_calls: [string, number[], number][];
  first3_shuffles: number[][];
  n_shuffles: number;
  initial_weights: Tensor[];
  final_weights: Tensor[];
  epochs_run?: number;
  final_mse: string;
  numpy_state_after: { pos: number; key0: number; has_gauss: number };
}

function layerOf(layer: KerasLayer): Layer {
  switch (layer.type) {
    case 'Dense':
      return denseLayer(layer.units as number, {
        activation: { name: layer.activation ?? 'linear' },
        useBias: layer.use_bias ?? true,
        kernelInitializer: initializerOf(layer.kernel_initializer ?? 'glorot_uniform'),
        kernelRegularizer: { ...noPenalty, ...layer.kernel_regularizer },
        biasRegularizer: { ...noPenalty, ...layer.bias_regularizer },
      });
    case 'Embedding':
      return {
        type: 'embedding',
        inputDim: layer.input_dim as number,
        outputDim: layer.output_dim as number,
        embeddingsInitializer: initializerOf('random_uniform'),
        embeddingsRegularizer: noPenalty,
      };
    case 'Flatten':
      return { type: 'flatten' };
    case 'Dropout':
      return { type: 'dropout', rate: layer.rate as number };
    case 'GaussianNoise':
      return { type: 'gaussian_noise', stddev: layer.stddev as number };
    case 'LeakyReLU':
      return { type: 'activation', activation: { name: 'leaky_relu', alpha: layer.alpha as number } };
    case 'Activation':
      return { type: 'activation', activation: { name: layer.activation ?? activationNames[0] } };
  }
}

const losses: Record<string, Loss> = { mean_squared_error: 'mse', mean_absolute_error: 'mae' };

/** The network of a file, whose score is a metric of all rows. */
export function networkOfFile({ config, X, y }: KerasFile, metric: Metric = 'mse'): Network {
  const { name, lr, momentum, nesterov, clipnorm, clipvalue } = config.optimizer;
  const data = inlineRows(
    X.map((row) => row.map(Number)),
    y.map((value) => [value].flat().map(Number)),
  );
  const trainingRows = Math.trunc(data.rows * (1 - (config.validation_split ?? 0)));
  const { early_stopping: stopping, loss = 'mse' } = config;
  return {
    data,
    trainingRows,
    validationRows: data.rows - trainingRows,
    layers: config.layers.map(layerOf),
    loss: losses[loss] ?? (loss as Loss),
    optimizer: optimizerOf(name, {
      ...(lr === undefined ? {} : { learningRate: lr }),
      ...(momentum === undefined ? {} : { momentum }),
      ...(nesterov === undefined ? {} : { nesterov }),
      ...(clipnorm === undefined ? {} : { clipNorm: clipnorm }),
      ...(clipvalue === undefined ? {} : { clipValue: clipvalue }),
    }),
    epochs: config.epochs,
    batchRows: Math.min(config.batch_size, trainingRows),
    shuffle: config.shuffle ?? true,
    ...(stopping
      ? { earlyStopping: { monitor: stopping.monitor, patience: stopping.patience, minDelta: stopping.min_delta ?? 0 } }
      : {}),
    reduction: 'ordered',
    score: { metric, first: 0, rows: data.rows },
  };
}
