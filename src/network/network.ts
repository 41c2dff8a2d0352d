import type { Dataset } from '../data/dataset.js';

/** Fully connected layer with bias. */
interface Dense {
  readonly units: number;
  readonly activation: 'linear' | 'relu';
}

/** Settings of Adam; float32 in training. */
interface Adam {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** A network with its data and its training: mean squared error, Adam. */
export interface Network {
  readonly data: Dataset;
  readonly layers: readonly Dense[];
  readonly adam: Adam;
  readonly epochs: number;
  /** Rows a batch; the last batch of an epoch may be short. */
  readonly batchRows: number;
  readonly shuffle: boolean;
}
