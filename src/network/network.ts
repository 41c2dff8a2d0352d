import type { Dataset } from '../data/dataset.js';

/** Keras 2.0.3's initializers of a tensor, with its settings. */
export type Initializer =
  | { readonly name: 'zeros' | 'ones' }
  | { readonly name: 'constant'; readonly value: number }
  | { readonly name: 'random_uniform'; readonly minval: number; readonly maxval: number }
  | { readonly name: 'random_normal' | 'truncated_normal'; readonly mean: number; readonly stddev: number }
  | {
      readonly name: 'variance_scaling';
      readonly scale: number;
      readonly mode: 'fan_in' | 'fan_out' | 'fan_avg';
      readonly distribution: 'normal' | 'uniform';
    }
  | { readonly name: keyof typeof varianceScalings }
  | { readonly name: 'orthogonal' | 'identity'; readonly gain: number };

/** Variance scaling under its own names. */
export const varianceScalings = {
  glorot_uniform: { scale: 1, mode: 'fan_avg', distribution: 'uniform' },
  glorot_normal: { scale: 1, mode: 'fan_avg', distribution: 'normal' },
  he_uniform: { scale: 2, mode: 'fan_in', distribution: 'uniform' },
  he_normal: { scale: 2, mode: 'fan_in', distribution: 'normal' },
  lecun_uniform: { scale: 1, mode: 'fan_in', distribution: 'uniform' },
  lecun_normal: { scale: 1, mode: 'fan_in', distribution: 'normal' },
} as const;

/** l1 Σ|w| + l2 Σw² of a tensor, added to the loss. */
export interface Regularizer {
  readonly l1: number;
  readonly l2: number;
}

export const activationNames = [
  ...(['linear', 'relu', 'leaky_relu', 'elu', 'sigmoid', 'hard_sigmoid', 'tanh', 'softplus', 'softsign'] as const),
  'softmax',
] as const;

/** An activation; `alpha` is the slope below zero of leaky relu, and the scale of elu. */
export interface Activation {
  readonly name: (typeof activationNames)[number];
  readonly alpha?: number;
}

/** Fully connected layer. */
interface DenseLayer {
  readonly type: 'dense';
  readonly units: number;
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly kernelInitializer: Initializer;
  readonly biasInitializer: Initializer;
  readonly kernelRegularizer: Regularizer;
  readonly biasRegularizer: Regularizer;
}

/** A table of `inputDim` vectors of `outputDim` values, looked up by the integers of a row: features → features × outputDim. */
interface EmbeddingLayer {
  readonly type: 'embedding';
  readonly inputDim: number;
  readonly outputDim: number;
  readonly embeddingsInitializer: Initializer;
  readonly embeddingsRegularizer: Regularizer;
}

export type Layer =
  | DenseLayer
  | EmbeddingLayer
  | { readonly type: 'flatten' }
  | { readonly type: 'activation'; readonly activation: Activation }
  /** Drops a value with probability `rate` in training, and divides the others by 1 − rate. */
  | { readonly type: 'dropout'; readonly rate: number }
  /** Adds normals of a standard deviation in training. */
  | { readonly type: 'gaussian_noise'; readonly stddev: number };

export const lossNames = ['mse', 'mae', 'hinge', 'binary_crossentropy', 'categorical_crossentropy'] as const;
export type Loss = (typeof lossNames)[number];

/** What a repeat may be judged by. */
export const metricNames = [...lossNames, 'accuracy', 'r2'] as const;
export type Metric = (typeof metricNames)[number];

/** Settings that every optimizer but Nadam has; float32 in training. */
interface Decaying {
  readonly learningRate: number;
  /** Divides the learning rate by 1 + decay · steps. */
  readonly decay: number;
}

interface Clipping {
  /** The most that the norm of all gradients together may be. */
  readonly clipNorm?: number;
  /** The most that the size of a gradient may be. */
  readonly clipValue?: number;
}

/** Keras 2.0.3's optimizers. */
export type Optimizer = Clipping &
  (
    | (Decaying & { readonly name: 'sgd'; readonly momentum: number; readonly nesterov: boolean })
    | (Decaying & { readonly name: 'rmsprop' | 'adadelta'; readonly rho: number; readonly epsilon: number })
    | (Decaying & { readonly name: 'adagrad'; readonly epsilon: number })
    | (Decaying & AdamSettings & { readonly name: 'adam'; readonly iterations: 'before' | 'after' | 'racy' })
    | (Decaying & AdamSettings & { readonly name: 'adamax' })
    | (AdamSettings & { readonly name: 'nadam'; readonly learningRate: number; readonly scheduleDecay: number })
  );

interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export const monitorNames = ['loss', 'val_loss', 'acc', 'val_acc'] as const;

/** Keras 2.0.3's EarlyStopping: training ends with the (patience + 1)-th epoch in a row that is no better than the best. */
export interface EarlyStopping {
  readonly monitor: (typeof monitorNames)[number];
  readonly patience: number;
  readonly minDelta: number;
}

/** A network with its data and its training. */
export interface Network {
  /** Rows that are trained on, then those that validate, then those of the test. */
  readonly data: Dataset;
  readonly trainingRows: number;
  readonly validationRows: number;
  readonly layers: readonly Layer[];
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly epochs: number;
  /** Rows a batch; the last batch of an epoch may be short. */
  readonly batchRows: number;
  readonly shuffle: boolean;
  readonly earlyStopping?: EarlyStopping;
  readonly reduction: 'ordered' | 'unordered';
  /** The score: a metric of `rows` rows from `first` on. */
  readonly score: { readonly metric: Metric; readonly first: number; readonly rows: number };
}
